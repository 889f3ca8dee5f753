import { Choice } from '#web/parts/Choice.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { changed } from './change.ts'
import { Fields } from './Fields.tsx'
import { NEW_RULES, RULE_FIELDS, RULE_NAMES } from './kinds.ts'
import { type MeasureChoice, SourceEditor } from './SourceEditor.tsx'

interface Props {
  position: number
  value: any
  onChange: (value: any) => void
  onRemove: () => void
  measures: readonly MeasureChoice[]
  grades: readonly string[]
  /** The item has several rules, so each may have its own source. */
  several: boolean
}

/** One scoring rule: its kind, what it looks at, and what the kind says. */
export function RuleEditor({ position, value, onChange, onRemove, measures, grades, several }: Props) {
  const steps = value.kind === 'step' ? value.steps.reduce((n: number, s: any) => n + (Number(s.marks) || 0), 0) : null
  return (
    <section className="ev-part" aria-label={`第 ${position} 条规则`}>
      <div className="row between">
        <h3>第 {position} 条规则</h3>
        {steps !== null && <span className="small t2">各步合计 {Math.round(steps * 1e6) / 1e6}</span>}
        <button type="button" className="button text small" onClick={onRemove}>
          去掉
        </button>
      </div>
      <div className="ev-fields">
        <Choice
          label="计分方式"
          value={value.kind}
          options={RULE_NAMES}
          onChange={(kind) =>
            onChange({ ...NEW_RULES[kind], ...(value.when ? { when: value.when } : {}), ...(value.source ? { source: value.source } : {}) })
          }
        />
        <TextLine
          label="情形（原文怎么说）"
          value={value.when ?? ''}
          onChange={(to) => onChange(changed(value, ['when'], to))}
          max={1000}
        />
      </div>
      <Fields fields={RULE_FIELDS[value.kind] ?? []} value={value} onChange={onChange} grades={grades} />
      {(several || value.source) && (
        <SourceEditor
          label="这一条另有来源"
          value={value.source}
          measures={measures}
          onChange={(to) => onChange(changed(value, ['source'], to))}
        />
      )}
      <TextLine label="说明" value={value.note ?? ''} onChange={(to) => onChange(changed(value, ['note'], to))} max={1000} />
    </section>
  )
}
