import { Labelled } from './Labelled.tsx'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  problem?: string | undefined
  hint?: string | undefined
}

/** A count typed with the number keys of a phone. */
export const NumberLine = ({ label, value, onChange, problem, hint }: Props) => (
  <Labelled label={label} problem={problem} hint={hint}>
    {(tied) => (
      <input
        {...tied}
        className="text number"
        inputMode="numeric"
        maxLength={4}
        value={value}
        onChange={(event) => onChange(event.target.value.replace(/\D/g, ''))}
      />
    )}
  </Labelled>
)

/** The number typed, or null when there is none yet. */
export const numberOf = (text: string): number | null => (/^\d{1,4}$/.test(text) ? Number(text) : null)
