import { type ReactNode, useId } from 'react'
import { DateField } from './DateField.tsx'

interface Props {
  label: string
  value: string | null
  onChange: (value: string | null) => void
  problem?: string | undefined
  hint?: ReactNode
}

/** A day with its label and what is wrong with it. */
export function LabelledDate({ label, value, onChange, problem, hint }: Props) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <DateField id={id} value={value} onChange={onChange} aria-describedby={`${id}-more`} />
      <p id={`${id}-more`} className={problem ? 'problem' : 'hint'}>
        {problem ?? hint}
      </p>
    </div>
  )
}
