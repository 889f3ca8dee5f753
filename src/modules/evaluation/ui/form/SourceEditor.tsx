import { Choice } from '#web/parts/Choice.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { changed } from './change.ts'
import { Fields } from './Fields.tsx'
import { NEW_SOURCES, SOURCE_FIELDS, SOURCE_NAMES } from './kinds.ts'

export interface MeasureChoice {
  key: string
  title: string
  filters: Record<string, string[]>
}

interface Props {
  label: string
  value: any
  onChange: (value: any) => void
  measures: readonly MeasureChoice[]
  /** A part of a composite cannot be one itself. */
  simple?: boolean
}

/** Where the value of an indicator comes from. Log-ins, time online, likes, photographs and places are not offered. */
export function SourceEditor({ label, value, onChange, measures, simple }: Props) {
  const names = simple ? Object.fromEntries(Object.entries(SOURCE_NAMES).filter(([k]) => k !== 'composite')) : SOURCE_NAMES
  const from: string = value?.from ?? ''
  return (
    <div className="ev-part">
      <Choice
        label={label}
        value={from}
        options={{ '': '没有写', ...names }}
        onChange={(to) => onChange(to === '' ? undefined : NEW_SOURCES[to])}
      />
      {(from === 'duty' || from === 'fact') && <MeasureFields value={value} onChange={onChange} measures={measures} />}
      {from === 'composite' && <Parts value={value} onChange={onChange} measures={measures} />}
      {from !== '' && <Fields fields={SOURCE_FIELDS[from] ?? []} value={value} onChange={onChange} grades={[]} />}
    </div>
  )
}

function MeasureFields({ value, onChange, measures }: Omit<Props, 'label'>) {
  const measure = measures.find((m) => m.key === value.measure)
  const titles = Object.fromEntries(measures.map((m) => [m.key, m.title]))
  const options = measure ? titles : { [value.measure]: `${value.measure}（现在没有模块取数）`, ...titles }
  return (
    <div className="ev-fields">
      <Choice label="取数口径" value={value.measure} options={options} onChange={(key) => onChange({ from: value.from, measure: key })} />
      {Object.entries(measure?.filters ?? {}).map(([name, values]) => (
        <Choice
          key={name}
          label={FILTER_NAMES[name] ?? name}
          value={value.filter?.[name] ?? ''}
          options={{ '': '不限', ...Object.fromEntries(values.map((v) => [v, VALUE_NAMES[v] ?? v])) }}
          onChange={(to) => onChange(withFilter(value, name, to))}
        />
      ))}
    </div>
  )
}

function withFilter(value: any, name: string, to: string) {
  const next = changed(value, ['filter', name], to === '' ? undefined : to)
  return Object.keys(next.filter ?? {}).length > 0 ? next : changed(next, ['filter'], undefined)
}

const Parts = ({ value, onChange, measures }: Omit<Props, 'label'>) => (
  <div className="stack">
    {value.parts.map((part: any, i: number) => (
      // biome-ignore lint/suspicious/noArrayIndexKey: parts have no other name while they are written
      <div key={i} className="ev-part">
        <div className="ev-fields">
          <TextLine
            label={`第 ${i + 1} 部分`}
            value={part.name ?? ''}
            onChange={(to) => onChange(changed(value, ['parts', i, 'name'], to))}
          />
          <TextLine label="权重" value={part.weight ?? ''} onChange={(to) => onChange(changed(value, ['parts', i, 'weight'], to))} />
        </div>
        <SourceEditor
          simple
          label="来源"
          value={part.source}
          measures={measures}
          onChange={(to) => onChange(changed(value, ['parts', i, 'source'], to))}
        />
        {value.parts.length > 2 && (
          <button
            type="button"
            className="button text small"
            onClick={() => onChange({ ...value, parts: value.parts.filter((_: unknown, at: number) => at !== i) })}
          >
            去掉这一部分
          </button>
        )}
      </div>
    ))}
    <button
      type="button"
      className="button small"
      onClick={() => onChange({ ...value, parts: [...value.parts, { name: '', weight: '10', source: NEW_SOURCES.review }] })}
    >
      加一部分
    </button>
  </div>
)

const FILTER_NAMES: Record<string, string> = {
  duty: '哪项应办', kind: '哪种会议', quorate: '到会人数', excuse: '请假怎么算', of: '算谁的', per: '按什么数', days: '提前几天', want: '看什么',
  times: '几次', hours: '几小时', source: '哪来的任务',
} // biome-ignore format: a table
const VALUE_NAMES: Record<string, string> = {
  memberAssembly: '党员大会', branchCommittee: '支委会', groupMeeting: '党小组会', partyLecture: '党课', themePartyDay: '主题党日',
  orgLifeMeeting: '组织生活会', democraticAppraisal: '民主评议党员', democraticLifeMeeting: '民主生活会', centerGroupStudy: '中心组学习',
  committeeMeeting: '党委会', committeeSetUp: '设立支委会', other: '其他', required: '达到规定人数才算', any: '不看', all: '各种请假都不计',
  below: '下级各组织', person: '人', time: '次', secretary: '有书记', size: '委员不超职数', vacancies: '缺额已补', whole: '班子健全',
  learned: '学习了', measures: '有落实措施', onDuty: '当班不计', businessTrip: '出差不计', sickLeave: '病假不计', personalLeave: '事假不计', training: '外出培训不计',
} // biome-ignore format: a table
