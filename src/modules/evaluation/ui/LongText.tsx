import { useId } from 'react'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  problem?: string | undefined
  hint?: string
}

/** A few lines of text with their label and what is wrong with them. */
export function LongText({ label, value, onChange, problem, hint }: Props) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="text ev-long"
        rows={4}
        maxLength={2000}
        value={value}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-more`}
        onChange={(e) => onChange(e.target.value)}
      />
      <p id={`${id}-more`} className={problem ? 'problem' : 'hint'}>
        {problem ?? hint}
      </p>
    </div>
  )
}
