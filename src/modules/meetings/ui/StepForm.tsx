import { useState } from 'react'
import { ApiError, type Name, useBusy, useCommand } from '#web/api.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'

interface Props {
  name: Name
  title: string
  /** The input that the text becomes. */
  field: string
  label: string
  input: object
  button: string
  /** A choice that belongs to it. */
  options?: { field: string; label: string; values: Record<string, string> }
  danger?: boolean
  onDone: () => void
}

/** A step that needs a text: why, or what is added. */
export function StepForm({ name, title, field, label, input, button, options, danger, onDone }: Props) {
  const [text, setText] = useState('')
  const [choice, setChoice] = useState(options ? Object.keys(options.values)[0]! : '')
  const command = useCommand(name)
  const busy = useBusy()
  const problem = command.error instanceof ApiError ? command.error.fields?.[field]?.[0] : undefined
  const send = () =>
    command.mutate({ ...input, [field]: text, ...(options ? { [options.field]: choice } : {}) } as never, { onSuccess: onDone })
  return (
    <section className="stack" aria-label={title}>
      <h3>{title}</h3>
      {options && <Choice label={options.label} value={choice} options={options.values} onChange={setChoice} />}
      <TextArea label={label} value={text} onChange={setText} problem={problem} rows={3} />
      {command.error && !problem && <ErrorCard error={command.error} />}
      <div className="row">
        <button type="button" className="button" onClick={onDone}>
          先不
        </button>
        <button
          type="button"
          className={`button ${danger ? 'danger' : 'primary'}`}
          aria-disabled={busy || text.trim() === '' || undefined}
          onClick={() => !busy && text.trim() !== '' && send()}
        >
          {command.isPending ? '请稍候…' : button}
        </button>
      </div>
    </section>
  )
}
