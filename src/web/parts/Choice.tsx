import { Labelled } from './Labelled.tsx'

interface Props<V extends string> {
  label: string
  value: V | null
  options: Record<V, string>
  onChange: (value: V) => void
  problem?: string | undefined
}

/** A choice of one among more than a few: the browser's own list. */
export const Choice = <V extends string>({ label, value, options, onChange, problem }: Props<V>) => (
  <Labelled label={label} problem={problem}>
    {(tied) => (
      <select {...tied} className="text" value={value ?? ''} onChange={(event) => onChange(event.target.value as V)}>
        {value === null && <option value="">请选择</option>}
        {Object.entries<string>(options).map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
    )}
  </Labelled>
)
