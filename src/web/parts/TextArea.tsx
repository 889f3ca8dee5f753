import { type ReactNode, useId } from 'react'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  problem?: string | undefined
  hint?: ReactNode
  rows?: number
  max?: number
  placeholder?: string
}

/** Some lines of text with their label and what is wrong with them. */
export function TextArea({ label, value, onChange, problem, hint, rows = 4, max = 2000, placeholder }: Props) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="text"
        rows={rows}
        maxLength={max}
        value={value}
        placeholder={placeholder}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-more`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-more`} className={problem ? 'problem' : 'hint'}>
        {problem ?? hint}
      </p>
    </div>
  )
}
