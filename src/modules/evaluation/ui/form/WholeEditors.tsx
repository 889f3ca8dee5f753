import { Choice } from '#web/parts/Choice.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { changed, listChanged, partAt } from './change.ts'
import { EffectField, Fields, wordsOf } from './Fields.tsx'
import { BAND_COLUMNS, type Field, LIMIT_COLUMNS, OBJECT_KINDS, PERIODS } from './kinds.ts'
import { Several } from './Several.tsx'

interface Props {
  content: any
  onChange: (content: any) => void
}

const SHEET: Field[] = [
  { key: 'name', title: '表名', as: 'text' },
  { key: 'key', title: '代号', as: 'text' },
  { key: 'total', title: '满分', as: 'figure' },
  { key: 'base', title: '基础分', as: 'figure', hint: '加分补到满分的才写' },
  { key: 'bonusCap', title: '加分最多', as: 'figure' },
  { key: 'penaltyCap', title: '总分外扣分最多', as: 'figure', hint: '不限写 none' },
  { key: 'passAt', title: '过线分', as: 'figure', hint: '逐级过线的才写' },
  { key: 'classes', title: '适用类别', as: 'words' },
]

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
        {content.sheets.length > 1 && typeof content.combine !== 'object' && (
          <Choice
            label="几张表怎样合成"
            value={content.combine ?? null}
            options={{ class: '按类别各用一张', sum: '相加', levels: '逐级过线' }}
            onChange={(to) => set(['combine'], to)}
          />
        )}
      </div>
      {content.sheets.map((sheet: any, i: number) => (
        <section key={sheet.key} className="ev-part" aria-label={sheet.name}>
          <h3>{sheet.name}</h3>
          <Fields fields={SHEET} value={sheet} onChange={(to) => onChange(changed(content, ['sheets', i], to))} grades={[]} />
        </section>
      ))}
    </div>
  )
}

const ROUNDING = { digits: '2', mode: 'half-up', at: 'total' }

const TIES = { '': '由决定处理', out: '并列的都不进', in: '并列的都进' }

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
  const groups = (grades.groups ?? []).map((g: any) => ({ ...g, of: g.of.join('、') }))
  return (
    <div className="stack">
      <Choice
        label="按什么定等次"
        value={grades.by}
        options={{ score: '得分', rate: '得分率（百分比）', level: '过了几级', decision: '由会议决定' }}
        onChange={(to) => set('by', to)}
      />
      <Several label="等次，从高到低" columns={BAND_COLUMNS} rows={grades.bands} onChange={(to) => set('bands', to)} add="加一个等次" />
      <Several
        label="第二级归类，如星级归到健康状态"
        columns={[{ key: 'name', title: '归类' }, { key: 'of', title: '包括哪些等次' }, { key: 'action', title: '怎么办' }]}
        rows={groups}
        onChange={(to) => set('groups', to.length > 0 ? to.map((g) => ({ ...g, of: wordsOf(g.of ?? '') ?? [] })) : undefined)}
      />
      <Several
        label="名额"
        columns={[
          { key: 'grade', title: '等次', options: grades.bands.map((b: any) => b.name) },
          { key: 'share', title: '比例', hint: '1/3 或 0.15' },
          { key: 'count', title: '个数' },
          { key: 'of', title: '限哪类' },
        ]}
        rows={grades.quotas ?? []}
        onChange={(to) => set('quotas', to.length > 0 ? to : undefined)}
      />
      {typeof grades.ties !== 'object' && <Choice label="名额边上并列的" value={grades.ties ?? ''} options={TIES} onChange={(to) => set('ties', to)} />}
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

/** Linkage: where a result is used. Formulas are shown and written as text (YAML). */
export function LinkageEditor({ content, onChange }: Props) {
  const links: any[] = content.linkage ?? []
  const set = (path: (string | number)[], to: unknown) => onChange(changed(content, ['linkage', ...path], to))
  const setWhen = (i: number, key: string, to: unknown) => {
    const next = changed(partAt(content, ['linkage', i, 'when']) ?? {}, [key], to)
    set([i, 'when'], Object.keys(next).length > 0 ? next : undefined)
  }
  return (
    <div className="stack">
      {links.map((link, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: the name is what is being written
        <section key={i} className="ev-part" aria-label={`结果运用 ${i + 1}`}>
          <div className="ev-fields">
            <TextLine label="用到哪里" value={link.to} onChange={(to) => set([i, 'to'], to)} />
            <TextLine label="怎么用" value={link.effect ?? ''} onChange={(to) => set([i, 'effect'], to)} max={1000} />
            <TextLine
              label="限哪些等次"
              value={(link.when?.grade ?? []).join('、')}
              onChange={(to) => setWhen(i, 'grade', wordsOf(to))}
              hint="用顿号分开"
            />
            <TextLine label="由人认定的情形" value={link.when?.told ?? ''} onChange={(to) => setWhen(i, 'told', to)} />
          </div>
          {link.formula && <p className="small t2">有计算公式，在「文字（YAML）」里看和改。</p>}
          <button
            type="button"
            className="button text small"
            onClick={() => onChange(listChanged(content, ['linkage'], (l) => l.filter((_, j) => j !== i)))}
          >
            去掉这一条
          </button>
        </section>
      ))}
      <button
        type="button"
        className="button small"
        onClick={() => onChange(listChanged(content, ['linkage'], (l) => [...l, { to: '评先评优', effect: '作为依据' }]))}
      >
        加一条结果运用
      </button>
    </div>
  )
}
