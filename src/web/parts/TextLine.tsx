import { type ReactNode, useId } from 'react'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  problem?: string | undefined
  hint?: ReactNode
  max?: number
}

/** One line of text with its label and what is wrong with it. */
export function TextLine({ label, value, onChange, problem, hint, max }: Props) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="text"
        value={value}
        maxLength={max}
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
