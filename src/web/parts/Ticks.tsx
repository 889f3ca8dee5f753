interface Props {
  label: string
  options: readonly { id: string; label: string }[]
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  problem?: string | undefined
  /** Said where there is nothing to tick. */
  none?: string
  /** The labels are names: several in a row. */
  short?: boolean
}

/** Several of a few, each with a box to tick. */
export function Ticks({ label, options, chosen, onChange, problem, none, short = false }: Props) {
  return (
    <fieldset className="ticks">
      <legend>{label}</legend>
      {options.length === 0 && none && <p className="small t2">{none}</p>}
      <div className={short ? 'short' : ''}>
        {options.map((o) => (
          <label key={o.id}>
            <input
              type="checkbox"
              checked={chosen.includes(o.id)}
              onChange={(e) => onChange(e.target.checked ? [...chosen, o.id] : chosen.filter((id) => id !== o.id))}
            />
            {o.label}
          </label>
        ))}
      </div>
      {problem && <p className="problem">{problem}</p>}
    </fieldset>
  )
}
