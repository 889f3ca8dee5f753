import { useId, useState } from 'react'
import { Choice } from '#web/parts/Choice.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { changed } from './change.ts'
import type { Field } from './kinds.ts'
import { linesOf, wordsOf } from './lists.ts'
import { Several } from './Several.tsx'

interface Props {
  fields: readonly Field[]
  value: any
  onChange: (value: any) => void
  /** Names of grades, for effects. */
  grades: readonly string[]
}

/** The fields of one part of a scheme. */
export const Fields = ({ fields, value, onChange, grades }: Props) => (
  <div className="ev-fields">
    {fields.map((field) => (
      <OneField
        key={field.key}
        field={field}
        value={value?.[field.key]}
        grades={grades}
        onChange={(to) => onChange(changed(value, [field.key], to))}
      />
    ))}
  </div>
)

function OneField({
  field,
  value,
  onChange,
  grades,
}: {
  field: Field
  value: any
  onChange: (to: any) => void
  grades: readonly string[]
}) {
  switch (field.as) {
    case 'choice':
      return (
        <Choice
          label={field.title}
          value={value ?? ''}
          options={{ '': '不写', ...field.options }}
          onChange={(to) => onChange(to === '' ? undefined : to)}
        />
      )
    case 'rows':
      return (
        <Several
          label={field.title}
          columns={field.columns}
          rows={value ?? []}
          onChange={(to) => onChange(to.length > 0 ? to : undefined)}
          {...(field.add ? { add: field.add } : {})}
        />
      )
    case 'range':
      return <RangeField title={field.title} value={value} onChange={onChange} />
    case 'figureOrRange':
      return <FigureOrRange title={field.title} value={value} onChange={onChange} />
    case 'effect':
      return <EffectField value={value} onChange={onChange} grades={grades} />
    case 'words':
      return <WordsField title={field.title} value={value} onChange={onChange} />
    case 'lines':
      return <LinesField title={field.title} value={value} onChange={onChange} />
    default:
      return (
        <TextLine label={field.title} value={value ?? ''} onChange={onChange} hint={field.hint} max={field.as === 'figure' ? 16 : 1000} />
      )
  }
}

/** 甲、乙: what is typed stands until it is a list again, so that a separator can be typed. */
export function WordsField({
  title,
  value,
  onChange,
  hint = '用顿号分开',
}: {
  title: string
  value: any
  onChange: (to: any) => void
  hint?: string
}) {
  const [text, setText] = useState<string>((value ?? []).join('、'))
  const set = (to: string) => {
    setText(to)
    onChange(wordsOf(to))
  }
  return <TextLine label={title} value={text} onChange={set} hint={hint} max={1000} />
}

/** Several sentences, one a line. */
function LinesField({ title, value, onChange }: { title: string; value: any; onChange: (to: any) => void }) {
  const id = useId()
  // While it is written, an empty last line must be allowed to stand.
  const [text, setText] = useState<string>((value ?? []).join('\n'))
  const set = (to: string) => {
    setText(to)
    const lines = linesOf(to)
    onChange(lines.length > 0 ? lines : undefined)
  }
  return (
    <div className="field ev-wide">
      <label htmlFor={id}>{title}</label>
      <textarea id={id} className="text" rows={3} value={text} onChange={(e) => set(e.target.value)} />
      <p className="hint">一行一条</p>
    </div>
  )
}

function RangeField({ title, value, onChange }: { title: string; value: any; onChange: (to: any) => void }) {
  const id = useId()
  const set = (key: 'least' | 'most', to: string) => {
    const next = { least: value?.least ?? '', most: value?.most ?? '', [key]: to }
    onChange(next.least === '' && next.most === '' ? undefined : next)
  }
  return (
    <div className="field">
      <label htmlFor={id}>{title}</label>
      <span className="row">
        <input id={id} className="text ev-short" value={value?.least ?? ''} onChange={(e) => set('least', e.target.value)} />
        到
        <input
          className="text ev-short"
          aria-label={`${title}，最多`}
          value={value?.most ?? ''}
          onChange={(e) => set('most', e.target.value)}
        />
      </span>
    </div>
  )
}

/** Fixed marks, or a range within which somebody chooses. */
function FigureOrRange({ title, value, onChange }: { title: string; value: any; onChange: (to: any) => void }) {
  const ranged = typeof value === 'object' && value !== null
  return (
    <>
      <Choice
        label={`${title}怎么定`}
        value={value === undefined ? 'none' : ranged ? 'range' : 'fixed'}
        options={{ fixed: '固定分数', range: '在幅度内酌定', none: '按级别' }}
        onChange={(to) => onChange(to === 'none' ? undefined : to === 'range' ? { least: '0', most: '1' } : '1')}
      />
      {ranged ? (
        <RangeField title={title} value={value} onChange={onChange} />
      ) : (
        value !== undefined && <TextLine label={title} value={value} onChange={onChange} max={16} />
      )}
    </>
  )
}

const EFFECTS = { bar: '取消资格', gradeAtMost: '等次最高为', gradeIs: '等次直接定为', undecided: '等次暂不确定', notice: '只作提示' }

export function EffectField({ value, onChange, grades }: { value: any; onChange: (to: any) => void; grades: readonly string[] }) {
  const does = (value?.does ?? 'notice') as keyof typeof EFFECTS
  const begin = (to: keyof typeof EFFECTS) =>
    onChange(
      to === 'bar'
        ? { does: to, from: '评先评优' }
        : to === 'gradeAtMost' || to === 'gradeIs'
          ? { does: to, grade: grades[0] ?? '' }
          : { does: to },
    )
  return (
    <>
      <Choice label="后果" value={does} options={EFFECTS} onChange={begin} />
      {does === 'bar' && <TextLine label="取消什么资格" value={value.from ?? ''} onChange={(from) => onChange({ does, from })} />}
      {(does === 'gradeAtMost' || does === 'gradeIs') && (
        <Choice
          label="哪个等次"
          value={value.grade || null}
          options={Object.fromEntries(grades.map((g) => [g, g]))}
          onChange={(grade) => onChange({ does, grade })}
        />
      )}
    </>
  )
}
