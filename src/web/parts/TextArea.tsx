import type { ReactNode } from 'react'
import { Labelled } from './Labelled.tsx'

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
export const TextArea = ({ label, value, onChange, problem, hint, rows = 4, max = 2000, placeholder }: Props) => (
  <Labelled label={label} problem={problem} hint={hint}>
    {(tied) => (
      <textarea
        {...tied}
        className="text"
        rows={rows}
        maxLength={max}
        value={value}
        placeholder={placeholder}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Labelled>
)
