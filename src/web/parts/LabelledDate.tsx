import type { ReactNode } from 'react'
import { DateField } from './DateField.tsx'
import { Labelled } from './Labelled.tsx'

interface Props {
  label: string
  value: string | null
  onChange: (value: string | null) => void
  problem?: string | undefined
  hint?: ReactNode
  max?: string
}

/** A day with its label and what is wrong with it. */
export const LabelledDate = ({ label, value, onChange, problem, hint, max }: Props) => (
  <Labelled label={label} problem={problem} hint={hint}>
    {(tied) => <DateField {...tied} value={value} onChange={onChange} {...(max ? { max } : {})} />}
  </Labelled>
)
