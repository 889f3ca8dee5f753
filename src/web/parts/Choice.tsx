import { useId } from 'react'

interface Props<V extends string> {
  label: string
  value: V | null
  options: Record<V, string>
  onChange: (value: V) => void
  problem?: string | undefined
}

/** A choice of one among more than a few: the browser's own list. */
export function Choice<V extends string>({ label, value, options, onChange, problem }: Props<V>) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <select
        id={id}
        className="text"
        value={value ?? ''}
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-more`}
        onChange={(event) => onChange(event.target.value as V)}
      >
        {value === null && <option value="">请选择</option>}
        {Object.entries<string>(options).map(([key, text]) => (
          <option key={key} value={key}>
            {text}
          </option>
        ))}
      </select>
      {problem && (
        <p id={`${id}-more`} className="problem">
          {problem}
        </p>
      )}
    </div>
  )
}
