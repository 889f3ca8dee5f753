import { Labelled } from '#web/parts/Labelled.tsx'

interface Props {
  label: string
  value: string
  onChange: (value: string) => void
  problem?: string | undefined
}

/** The current password, asked for once more; never kept as a draft. */
export const SecretLine = ({ label, value, onChange, problem }: Props) => (
  <Labelled label={label} problem={problem}>
    {(tied) => (
      <input
        {...tied}
        className="text"
        type="password"
        autoComplete="current-password"
        value={value}
        onChange={(event) => onChange(event.target.value)}
      />
    )}
  </Labelled>
)
