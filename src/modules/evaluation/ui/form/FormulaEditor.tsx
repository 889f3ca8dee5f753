import { Choice } from '#web/parts/Choice.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { Several } from './Several.tsx'
import { FORMULA_NAMES, formulaKind, NEW_FORMULAS, RESULT_NAMES, SHEET_RESULTS } from './wholeFields.ts'

interface Props {
  label: string
  value: any
  onChange: (to: any) => void
  grades: readonly string[]
  sheets: readonly { key: string; name: string }[]
}

/** A formula, step by step; what is inside a step is a formula again. */
export function FormulaEditor({ label, value, onChange, grades, sheets }: Props) {
  const kind = formulaKind(value)
  const parts: any[] | null = Array.isArray(value[kind]) ? value[kind] : null
  const inner = { grades, sheets }
  return (
    <fieldset className="ev-part">
      <legend className="small t2">{label}</legend>
      <div className="ev-fields">
        <Choice
          label={`${label}是什么`}
          value={kind}
          options={FORMULA_NAMES}
          onChange={(to) => onChange(parts && Array.isArray((NEW_FORMULAS[to] as any)[to]) ? { [to]: parts } : NEW_FORMULAS[to])}
        />
        {!parts && <Leaf kind={kind} label={label} value={value} onChange={onChange} {...inner} />}
      </div>
      {parts?.map((part, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: steps have no name of their own
        <div key={i}>
          <FormulaEditor
            label={`${label}·第 ${i + 1} 部分`}
            value={part}
            onChange={(to) => onChange({ [kind]: parts.map((p, at) => (at === i ? to : p)) })}
            {...inner}
          />
          {parts.length > 2 && (
            <button type="button" className="button text small" onClick={() => onChange({ [kind]: parts.filter((_, at) => at !== i) })}>
              去掉第 {i + 1} 部分
            </button>
          )}
        </div>
      ))}
      {parts && (
        <button type="button" className="button small" onClick={() => onChange({ [kind]: [...parts, { value: '1' }] })}>
          加一部分
        </button>
      )}
    </fieldset>
  )
}

function Leaf({ kind, label, value, onChange, grades, sheets }: Props & { kind: string }) {
  if (kind === 'result')
    return <Choice label={`${label}取哪个`} value={value.result} options={RESULT_NAMES} onChange={(result) => onChange({ result })} />
  if (kind === 'sheet')
    return (
      <>
        <Choice
          label={`${label}取哪张表`}
          value={value.sheet}
          options={Object.fromEntries(sheets.map((s) => [s.key, s.name]))}
          onChange={(sheet) => onChange({ ...value, sheet })}
        />
        <Choice label={`${label}取哪个`} value={value.as} options={SHEET_RESULTS} onChange={(as) => onChange({ ...value, as })} />
      </>
    )
  if (kind === 'byGrade')
    return (
      <Several
        label={`${label}：各等次的系数`}
        columns={[
          { key: 'grade', title: '等次', ...(grades.length > 0 ? { options: grades } : {}) },
          { key: 'by', title: '系数' },
        ]}
        rows={Object.entries(value.byGrade).map(([grade, by]) => ({ grade, by }))}
        onChange={(rows) => onChange({ byGrade: Object.fromEntries(rows.map((r) => [r.grade ?? '', r.by ?? ''])) })}
      />
    )
  return <TextLine label={`${label}的内容`} value={value[kind]} onChange={(to) => onChange({ [kind]: to })} max={200} />
}
