import { useState } from 'react'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import type { Missing } from './EntriesPage.tsx'
import { Several } from './form/Several.tsx'
import { periodName } from './words.ts'

const KIND_NAMES: Record<string, string> = {
  figure: '填数',
  steps: '勾选步骤',
  label: '选档次',
  told: '是否发生',
  reviews: '评分',
  ballots: '票数',
  results: '各期结果',
  events: '逐项填',
  notApplicable: '不适用',
}

interface Props {
  item: Missing
  org: { orgId: string; orgName: string }
  input: { orgId: string; period: string }
  onClose: () => void
}

/** Enters one value for one organisation, in the shape that the rule reads, with its source. */
export function EntryForm({ item, org, input, onClose }: Props) {
  const { kinds, choices, raters } = item.shape
  const [kind, setKind] = useState(kinds[0]!)
  const [value, setValue] = useState<any>({})
  const [source, setSource] = useState('')
  const set = (change: object) => setValue({ ...value, ...change })
  return (
    <PanelForm
      name="evaluation.enterValue"
      open
      onClose={onClose}
      kicker={`${org.orgName} · ${periodName(input.period)}`}
      title={item.name}
      note={item.when ?? undefined}
      input={() => {
        const entered = builtInput(kind, value, choices)
        if (typeof entered === 'string') return entered
        if (source.trim().length < 2) return '请写明数据来源：哪个部门、哪份文件'
        return { ...input, orgId: org.orgId, inputKey: item.key, input: entered, source }
      }}
      submit="存入这一项"
      done="已存入账本"
    >
      {(problems) => (
        <>
          {kinds.length > 1 && (
            <Segments
              label="怎么填"
              value={kind}
              options={Object.fromEntries(kinds.map((k) => [k, KIND_NAMES[k] ?? k]))}
              onChange={setKind}
            />
          )}
          <ValueFields kind={kind} value={value} set={set} choices={choices} raters={raters} />
          {problems.input && <p className="problem zhe">{problems.input}</p>}
          <TextLine
            label="数据来源"
            value={source}
            onChange={setSource}
            problem={problems.source}
            hint="哪个部门、哪份文件、哪一天"
            max={300}
          />
        </>
      )}
    </PanelForm>
  )
}

interface FieldsProps {
  kind: string
  value: any
  set: (change: object) => void
  choices: string[]
  raters: string[]
}

function ValueFields({ kind, value, set, choices, raters }: FieldsProps) {
  const line = (label: string, key: string, hint?: string) => (
    <TextLine label={label} value={value[key] ?? ''} onChange={(to) => set({ [key]: to })} hint={hint} max={300} />
  )
  if (kind === 'figure') return <>{[line('数值', 'quantity'), line('满分或分母', 'outOf', '没有就留空'), line('说明', 'note', '可不填')]}</>
  if (kind === 'label')
    return (
      <Segments
        label="档次"
        value={value.label ?? ''}
        options={Object.fromEntries(choices.map((c) => [c, c]))}
        onChange={(label) => set({ label })}
      />
    )
  if (kind === 'told')
    return (
      <>
        <Segments label="是否发生" value={value.told ?? ''} options={{ yes: '是', no: '否' }} onChange={(told) => set({ told })} />
        {line('说明', 'note', '可不填')}
      </>
    )
  if (kind === 'notApplicable') return line('为什么不适用', 'reason')
  if (kind === 'steps') return <Ticks choices={choices} done={value.done ?? []} onChange={(done) => set({ done })} />
  const columns = COLUMNS[kind]!(choices)
  const rows = value.rows ?? (raters.length > 0 ? raters.map((who) => ({ who })) : [{}])
  return <Several label={KIND_NAMES[kind]!} columns={columns} rows={rows} onChange={(to) => set({ rows: to })} />
}

const Ticks = ({ choices, done, onChange }: { choices: string[]; done: string[]; onChange: (done: string[]) => void }) => (
  <fieldset className="ev-ticks">
    <legend>做到了哪几步</legend>
    {choices.map((c) => (
      <label key={c}>
        <input
          type="checkbox"
          checked={done.includes(c)}
          onChange={(e) => onChange(e.target.checked ? [...done, c] : done.filter((d) => d !== c))}
        />
        {c}
      </label>
    ))}
  </fieldset>
)

type Columns = { key: string; title: string; options?: string[] }[]
const COLUMNS: Record<string, (choices: string[]) => Columns> = {
  reviews: () => [{ key: 'who', title: '评分人' }, { key: 'marks', title: '分数' }, { key: 'text', title: '理由' }],
  ballots: (choices) => [{ key: 'who', title: '投票人群' }, ...choices.map((c) => ({ key: `n:${c}`, title: `${c}（票）` }))],
  results: () => [{ key: 'period', title: '期间' }, { key: 'score', title: '得分（缺的留空）' }, { key: 'outOf', title: '满分' }],
  events: (choices) => [
    { key: 'matter', title: '事项' },
    ...(choices.length > 0 ? [{ key: 'level', title: '层级', options: choices }] : [{ key: 'marks', title: '分数（方案定了的留空）' }]),
    { key: 'times', title: '次数' },
  ],
} // biome-ignore format: a table

/** The value in the shape the server reads, or a sentence on what is missing. */
function builtInput(kind: string, value: any, choices: string[]): object | string {
  const note = value.note ? { note: value.note } : {}
  const rows: Record<string, string>[] = (value.rows ?? []).filter((r: object) => Object.values(r).some(Boolean))
  const only = (row: Record<string, string>, keys: string[]) => Object.fromEntries(keys.flatMap((k) => (row[k] ? [[k, row[k]]] : [])))
  switch (kind) {
    case 'figure':
      return value.quantity ? { kind, quantity: value.quantity, ...(value.outOf ? { outOf: value.outOf } : {}), ...note } : '请填数值'
    case 'label':
      return value.label ? { kind, label: value.label } : '请选档次'
    case 'told':
      return value.told ? { kind, happened: value.told === 'yes', ...note } : '请选是否发生'
    case 'notApplicable':
      return value.reason ? { kind, reason: value.reason } : '请写明为什么不适用'
    case 'steps':
      return { kind, done: value.done ?? [] }
    case 'events':
      return {
        kind,
        events: rows.map((r) => ({
          matter: r.matter || '未写明',
          ...only(r, ['level', 'marks']),
          ...(r.times ? { times: Number(r.times) } : {}),
        })),
      }
    case 'ballots': {
      const counts = (r: Record<string, string>) => Object.fromEntries(choices.map((c) => [c, Number(r[`n:${c}`] || 0)]))
      return rows.length > 0 ? { kind, ballots: rows.map((r) => ({ ...only(r, ['who']), counts: counts(r) })) } : '请填票数'
    }
    case 'reviews':
      return rows.length > 0 ? { kind, reviews: rows.map((r) => only(r, ['who', 'marks', 'text'])) } : '请填评分'
    case 'results':
      return rows.length > 0
        ? { kind, results: rows.map((r) => ({ period: r.period, score: r.score || null, outOf: r.outOf })) }
        : '请填各期结果'
    default:
      return '请选怎么填'
  }
}
