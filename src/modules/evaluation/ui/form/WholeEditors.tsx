import { Choice } from '#web/parts/Choice.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { changed, listChanged } from './change.ts'
import { EffectField, Fields, WordsField } from './Fields.tsx'
import { FormulaEditor } from './FormulaEditor.tsx'
import { LIMIT_COLUMNS, OBJECT_KINDS, PERIODS } from './kinds.ts'
import { openWords } from './lists.ts'
import { newItem } from './NodeEditor.tsx'
import { Several } from './Several.tsx'
import { GRADE_BAND_COLUMNS, GROUP_COLUMNS, QUOTA_COLUMNS, SCHEME_FIELDS, SHEET_FIELDS } from './wholeFields.ts'

interface Props {
  content: any
  onChange: (content: any) => void
}

/** What holds for the whole scheme: object, period, rounding, what does not apply, and each sheet. */
export function BasicsEditor({ content, onChange }: Props) {
  const set = (path: string[], to: unknown) => onChange(changed(content, path, to))
  const rounding = typeof content.rounding === 'object' ? content.rounding : {}
  return (
    <div className="stack">
      <div className="ev-fields">
        <TextLine label="方案名称" value={content.name} onChange={(to) => set(['name'], to)} max={200} />
        <Choice label="考核对象" value={content.object.kind} options={OBJECT_KINDS} onChange={(to) => set(['object', 'kind'], to)} />
        <Choice
          label="考核期"
          value={content.period.every}
          options={{ ...PERIODS, unknown: '没有公布' }}
          onChange={(to) => set(['period', 'every'], to)}
        />
        <Choice
          label="不适用的指标"
          value={content.notApplicable}
          options={{ redistribute: '分值并入同一维度', scale: '全表折算', unknown: '没有规定' }}
          onChange={(to) => set(['notApplicable'], to)}
        />
        <TextLine
          label="小数位数"
          value={rounding.digits ?? ''}
          onChange={(to) => set(['rounding'], { ...ROUNDING, ...rounding, digits: to })}
          max={1}
        />
        <Choice
          label="取整"
          value={rounding.mode ?? 'half-up'}
          options={{ 'half-up': '四舍五入', 'half-even': '四舍六入五成双' }}
          onChange={(to) => set(['rounding'], { ...ROUNDING, ...rounding, mode: to })}
        />
        <Choice
          label="哪一步取整"
          value={rounding.at ?? 'total'}
          options={{ item: '每项', dimension: '每个维度', total: '只在总分' }}
          onChange={(to) => set(['rounding'], { ...ROUNDING, ...rounding, at: to })}
        />
        <Choice
          label="资料完整程度"
          value={content.completeness}
          options={{ full: '完整', top_level: '只有一级', partial: '片段', grading_only: '只有等次' }}
          onChange={(to) => set(['completeness'], to)}
        />
        <TextLine label="对象在本单位叫什么" value={content.object.as ?? ''} onChange={(to) => set(['object', 'as'], to)} max={100} />
        <TextLine
          label="一期跨几年"
          value={content.period.years ?? ''}
          onChange={(to) => set(['period', 'years'], to)}
          max={2}
          hint="一年以内的留空"
        />
        {content.sheets.length > 1 && (
          <Choice
            label="几张表怎样合成"
            value={typeof content.combine === 'object' ? 'formula' : (content.combine ?? null)}
            options={{ class: '按类别各用一张', sum: '相加', levels: '逐级过线', formula: '按公式' }}
            onChange={(to) =>
              set(['combine'], to === 'formula' ? { add: content.sheets.map((s: any) => ({ sheet: s.key, as: 'score' })) } : to)
            }
          />
        )}
      </div>
      {typeof content.combine === 'object' && (
        <FormulaEditor
          label="合成公式"
          value={content.combine}
          onChange={(to) => set(['combine'], to)}
          grades={[]}
          sheets={content.sheets}
        />
      )}
      <Fields fields={SCHEME_FIELDS} value={content} onChange={onChange} grades={[]} />
      {content.sheets.map((sheet: any, i: number) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: name and key are what is being written
        <section key={i} className="ev-part" aria-label={sheet.name}>
          <h3>{sheet.name}</h3>
          <Fields fields={SHEET_FIELDS} value={sheet} onChange={(to) => onChange(changed(content, ['sheets', i], to))} grades={[]} />
          {content.sheets.length > 1 && (
            <button
              type="button"
              className="button text small"
              onClick={() => onChange(listChanged(content, ['sheets'], (l) => l.filter((_, at) => at !== i)))}
            >
              去掉这张表
            </button>
          )}
        </section>
      ))}
      <button type="button" className="button small" onClick={() => onChange(withSheet(content))}>
        加一张表
      </button>
    </div>
  )
}

/** One more sheet, under a key that no other has. */
function withSheet(content: any) {
  const keys = new Set(content.sheets.map((s: any) => s.key))
  const key = Array.from({ length: 99 }, (_, i) => `sheet${i + 1}`).find((k) => !keys.has(k))!
  const sheet = { key, name: `第 ${content.sheets.length + 1} 张表`, total: '100', items: [newItem([])] }
  return { ...content, combine: content.combine ?? 'class', sheets: [...content.sheets, sheet] }
}

const ROUNDING = { digits: '2', mode: 'half-up', at: 'total' }

const TIES = { '': '由决定处理', out: '并列的都不进', in: '并列的都进', by: '再比几项指标' }

const groupOf = (row: Record<string, any>) => {
  const { alsoWhen, ...rest } = row
  const also = alsoWhen ? openWords(alsoWhen) : undefined
  return { ...rest, of: openWords(row.of ?? ''), ...(also ? { alsoWhen: also } : {}) }
}

/** Grades: bands, a second mapping, quotas and ties. */
export function GradesEditor({ content, onChange }: Props) {
  const grades = content.grades
  if (!grades)
    return (
      <button
        type="button"
        className="button"
        onClick={() =>
          onChange({
            ...content,
            grades: {
              by: 'score',
              bands: [
                { name: '优秀', atLeast: '90' },
                { name: '合格', below: '90' },
              ],
            },
          })
        }
      >
        加上等次
      </button>
    )
  const set = (key: string, to: unknown) => onChange(changed(content, ['grades', key], to))
  const groups = (grades.groups ?? []).map((g: any) => ({
    ...g,
    of: g.of.join('、'),
    ...(g.alsoWhen ? { alsoWhen: g.alsoWhen.join('、') } : {}),
  }))
  return (
    <div className="stack">
      <Choice
        label="按什么定等次"
        value={grades.by}
        options={{ score: '得分', rate: '得分率（百分比）', level: '过了几级', decision: '由会议决定' }}
        onChange={(to) => set('by', to)}
      />
      <Several label="等次，从高到低" columns={GRADE_BAND_COLUMNS} rows={grades.bands} onChange={(to) => set('bands', to)} add="加一个等次" />
      <Several
        label="第二级归类，如星级归到健康状态"
        columns={GROUP_COLUMNS}
        rows={groups}
        onChange={(to) => set('groups', to.length > 0 ? to.map(groupOf) : undefined)}
      />
      <Several
        label="名额"
        columns={QUOTA_COLUMNS.map((c) => (c.key === 'grade' ? { ...c, options: grades.bands.map((b: any) => b.name) } : c))}
        rows={grades.quotas ?? []}
        onChange={(to) => set('quotas', to.length > 0 ? to : undefined)}
      />
      <Choice
        label="名额边上并列的"
        value={typeof grades.ties === 'object' ? 'by' : (grades.ties ?? '')}
        options={TIES}
        onChange={(to) => set('ties', to === 'by' ? { by: ['指标名称'] } : to)}
      />
      {typeof grades.ties === 'object' && (
        <WordsField
          title="依次比哪几项"
          value={grades.ties.by}
          onChange={(by) => set('ties', { by: by ?? [''] })}
          hint="写指标的路径，用顿号分开"
        />
      )}
      <button type="button" className="button small" onClick={() => onChange(changed(content, ['grades'], undefined))}>
        不设等次
      </button>
    </div>
  ) // biome-ignore format: the columns of small tables
}

/** Eligibility: what bars an award or a grade, and its effect. */
export function EligibilityEditor({ content, onChange }: Props) {
  const rules: any[] = content.eligibility ?? []
  const grades: string[] = (content.grades?.bands ?? []).map((b: any) => b.name)
  return (
    <div className="stack">
      {rules.map((rule, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the code is what is being written
        <section key={i} className="ev-part" aria-label={`资格规则 ${i + 1}`}>
          <div className="ev-fields">
            <TextLine label="代号" value={rule.code} onChange={(to) => onChange(changed(content, ['eligibility', i, 'code'], to))} />
            <TextLine
              label="情形"
              value={rule.when}
              onChange={(to) => onChange(changed(content, ['eligibility', i, 'when'], to))}
              max={1000}
            />
          </div>
          <TextLine
            label="说明"
            value={rule.note ?? ''}
            onChange={(to) => onChange(changed(content, ['eligibility', i, 'note'], to))}
            max={1000}
          />
          <EffectField
            value={rule.effect}
            grades={grades}
            onChange={(to) => onChange(changed(content, ['eligibility', i, 'effect'], to))}
          />
          <Several
            label="按得分判断的写界限；由人认定的留空"
            columns={LIMIT_COLUMNS}
            rows={rule.test ? [rule.test.score] : []}
            onChange={(to) => onChange(changed(content, ['eligibility', i, 'test'], to[0] ? { score: to[0] } : undefined))}
            add="按得分判断"
          />
          <button
            type="button"
            className="button text small"
            onClick={() => onChange(listChanged(content, ['eligibility'], (l) => l.filter((_, j) => j !== i)))}
          >
            去掉这一条
          </button>
        </section>
      ))}
      <button
        type="button"
        className="button small"
        onClick={() =>
          onChange(
            listChanged(content, ['eligibility'], (l) => [...l, { code: `资格${l.length + 1}`, when: '情形', effect: { does: 'notice' } }]),
          )
        }
      >
        加一条资格规则
      </button>
    </div>
  )
}
