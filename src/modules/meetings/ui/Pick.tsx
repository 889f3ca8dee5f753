import { useId, useRef } from 'react'
import { Icon } from '#web/parts/Icon.tsx'
import { usePhone } from '#web/screen.ts'

interface Props {
  label: string
  value: string | null
  options: readonly { id: string; name: string }[]
  onChange: (id: string | null) => void
  /** Why it must be chosen, said in the label: 有票决，必填. */
  need?: string | undefined
  problem?: string | undefined
  className?: string
  /** The label is spoken but not shown. */
  quiet?: boolean
}

/** Chooses one of a list: the system's own field on a desktop, a sheet from below on a phone. */
export function Pick(props: Props) {
  const id = useId()
  const phone = usePhone()
  const { label, value, need, problem, className = '', quiet } = props
  return (
    <div className={`field ${className} ${need && !value ? 'need' : ''}`}>
      <label htmlFor={id} className={quiet ? 'hidden-text' : ''}>
        {label}
        {need && `（${need}）`}
      </label>
      {phone ? <Sheet {...props} id={id} /> : <Select {...props} id={id} />}
      {problem && (
        <p className="problem" id={`${id}-problem`}>
          {problem}
        </p>
      )}
    </div>
  )
}

const Select = ({ id, value, options, onChange, problem }: Props & { id: string }) => (
  <select
    id={id}
    className="text"
    value={value ?? ''}
    aria-invalid={problem ? true : undefined}
    aria-describedby={problem ? `${id}-problem` : undefined}
    onChange={(event) => onChange(event.target.value || null)}
  >
    <option value="">请选择</option>
    {options.map((o) => (
      <option key={o.id} value={o.id}>
        {o.name}
      </option>
    ))}
  </select>
)

function Sheet({ id, label, value, options, onChange }: Props & { id: string }) {
  const dialog = useRef<HTMLDialogElement>(null)
  const take = (chosen: string | null) => {
    onChange(chosen)
    dialog.current?.close()
  }
  return (
    <>
      <button type="button" id={id} className="button block" aria-haspopup="dialog" onClick={() => dialog.current?.showModal()}>
        <span className="grow">{options.find((o) => o.id === value)?.name ?? '请选择'}</span>
        <Icon name="down" size={14} />
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: a dialog closes on Esc by itself; the click is for the backdrop */}
      <dialog
        ref={dialog}
        className="sheet"
        aria-label={`选${label}`}
        onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
      >
        <h2>选{label}</h2>
        {options.map((o) => (
          <button key={o.id} type="button" aria-current={o.id === value || undefined} onClick={() => take(o.id)}>
            {o.name}
            {o.id === value && <Icon name="tick" weight={2} />}
          </button>
        ))}
        <button type="button" onClick={() => take(null)}>
          不选
        </button>
      </dialog>
    </>
  )
}
