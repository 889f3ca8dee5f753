import { useId } from 'react'

interface Props<V extends string> {
  label: string
  value: V
  options: Record<V, string>
  onChange: (value: V) => void
  /** The label is spoken but not shown. */
  quiet?: boolean
}

/** A choice of one among a few, all visible. Arrow keys move it, as in any group of radio buttons. */
export function Segments<V extends string>({ label, value, options, onChange, quiet }: Props<V>) {
  const name = useId()
  return (
    <fieldset className="segments">
      <legend className={quiet ? 'hidden-text' : ''}>{label}</legend>
      <div>
        {Object.entries<string>(options).map(([option, text]) => (
          <label key={option} className={option === value ? 'on' : ''}>
            <input type="radio" name={name} checked={option === value} onChange={() => onChange(option as V)} />
            {text}
          </label>
        ))}
      </div>
    </fieldset>
  )
}
