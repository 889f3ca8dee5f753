import type { ReactNode } from 'react'
import { Labelled } from './Labelled.tsx'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  problem?: string | undefined
  hint?: ReactNode
  max?: number
}

/** One line of text with its label and what is wrong with it. */
export const TextLine = ({ label, value, onChange, problem, hint, max }: Props) => (
  <Labelled label={label} problem={problem} hint={hint}>
    {(tied) => <input {...tied} className="text" value={value} maxLength={max} onChange={(event) => onChange(event.target.value)} />}
  </Labelled>
)
