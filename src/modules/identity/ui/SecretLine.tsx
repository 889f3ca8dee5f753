import { useId } from 'react'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  problem?: string | undefined
}

/** The current password, asked for once more; never kept as a draft. */
export function SecretLine({ label, value, onChange, problem }: Props) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="text"
        type="password"
        autoComplete="current-password"
        value={value}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-more`}
        onChange={(event) => onChange(event.target.value)}
      />
      <p id={`${id}-more`} className={problem ? 'problem' : 'hint'}>
        {problem}
      </p>
    </div>
  )
}
