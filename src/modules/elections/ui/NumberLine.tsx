import { useId } from 'react'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  problem?: string | undefined
  hint?: string | undefined
}

/** A count typed with the number keys of a phone. */
export function NumberLine({ label, value, onChange, problem, hint }: Props) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="text election-number"
        inputMode="numeric"
        maxLength={4}
        value={value}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-more`}
        onChange={(event) => onChange(event.target.value.replace(/\D/g, ''))}
      />
      <p id={`${id}-more`} className={problem ? 'problem' : 'hint'}>
        {problem ?? hint}
      </p>
    </div>
  )
}

/** The number typed, or null when there is none yet. */
export const numberOf = (text: string): number | null => (/^\d{1,4}$/.test(text) ? Number(text) : null)
