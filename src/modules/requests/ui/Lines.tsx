import { useId } from 'react'
import './requests.css'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  rows?: number
  problem?: string | undefined
  hint?: string | undefined
}

/** A text of several lines with its label and what is wrong with it. */
export function Lines({ label, value, onChange, rows = 4, problem, hint }: Props) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <textarea
        id={id}
        className="text request-lines"
        rows={rows}
        maxLength={10_000}
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
