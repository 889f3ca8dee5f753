import { type KeyboardEvent, useId, useRef, useState } from 'react'

export interface Picked {
  id: string
  name: string
}

export interface Candidate extends Picked {
  /** Tells two of the same name apart. */
  note?: string | null
}

interface Props {
  label: string
  placeholder: string
  value: Picked | null
  onChange: (value: Picked | null) => void
  /** What was typed, to be looked up; empty when there is nothing to look up. */
  onSeek: (text: string) => void
  found: readonly Candidate[]
  isLooking: boolean
  /** Said when nothing fits. */
  none: string
  problem?: string | undefined
}

/** A field in which one types the beginning of a name and chooses from what is found; the list lies under it, in panels too. */
export function FindField({ label, placeholder, value, onChange, onSeek, found, isLooking, none, problem }: Props) {
  const id = useId()
  const field = useRef<HTMLInputElement>(null)
  const [text, setText] = useState<string | null>(null)
  const [at, setAt] = useState(0)
  const open = text !== null && text.trim() !== ''
  const seek = (typed: string | null) => {
    setText(typed)
    setAt(0)
    onSeek(typed?.trim() ?? '')
  }
  const choose = (one: Candidate | undefined) => {
    if (!one) return
    onChange({ id: one.id, name: one.name })
    seek(null)
  }
  const onKeyDown = (event: KeyboardEvent) => {
    if (!open) return
    if (event.key === 'ArrowDown') setAt(Math.min(at + 1, found.length - 1))
    else if (event.key === 'ArrowUp') setAt(Math.max(at - 1, 0))
    else if (event.key === 'Enter') choose(found[at])
    else if (event.key === 'Escape') seek(null)
    else return
    // Esc shuts the list, not the panel around it; Enter chooses, it does not send the form.
    event.preventDefault()
    event.stopPropagation()
  }
  return (
    <div className="field find-field">
      <label htmlFor={id}>{label}</label>
      <input
        ref={field}
        id={id}
        className="text"
        role="combobox"
        autoComplete="off"
        aria-expanded={open}
        aria-controls={`${id}-list`}
        aria-activedescendant={open && found[at] ? `${id}-${found[at].id}` : undefined}
        aria-invalid={problem ? true : undefined}
        aria-describedby={problem ? `${id}-problem` : undefined}
        placeholder={placeholder}
        value={text ?? value?.name ?? ''}
        onChange={(event) => {
          if (value) onChange(null)
          seek(event.target.value)
        }}
        onKeyDown={onKeyDown}
        onBlur={() => seek(null)}
      />
      {open && (
        <div className="find-list" id={`${id}-list`} role="listbox" aria-label={label}>
          {found.map((one, i) => (
            // biome-ignore lint/a11y/useKeyWithClickEvents: the keys are the field's
            <div
              key={one.id}
              id={`${id}-${one.id}`}
              role="option"
              tabIndex={-1}
              aria-selected={i === at}
              // The field must keep the focus until the choice is made.
              onMouseDown={(event) => event.preventDefault()}
              onMouseEnter={() => setAt(i)}
              onClick={() => choose(one)}
            >
              {one.name}
              {one.note && <span className="t2">（{one.note}）</span>}
            </div>
          ))}
          {found.length === 0 && <p className="t2">{isLooking ? '正在找…' : none}</p>}
        </div>
      )}
      {problem && (
        <p className="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  )
}
