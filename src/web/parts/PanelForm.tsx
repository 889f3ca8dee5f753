import { App } from 'antd'
import { type FormEvent, type ReactNode, useState } from 'react'
import { ApiError, type Name, useBusy, useCommand } from '../api.ts'
import { ErrorCard } from './ErrorCard.tsx'
import { SidePanel } from './SidePanel.tsx'

/** Messages of the server by field, e.g. `{ 'profile.joined': '必填' }`. */
export type Problems = Record<string, string>

interface Props {
  name: Name
  open: boolean
  onClose: () => void
  kicker?: string
  title: string
  note?: ReactNode
  /** What is sent, or a sentence on what is still missing. */
  input: () => object | string
  /** A verb and its object: 「成立这个支部」. */
  submit: string
  /** Said when it is done. */
  done: string
  onDone?: (answer: any) => void
  children: (problems: Problems) => ReactNode
}

/** A form in the panel at the side, for one command. What was typed stays when it is refused. */
export function PanelForm({ name, open, onClose, kicker, title, note, input, submit, done, onDone, children }: Props) {
  const { message } = App.useApp()
  const command = useCommand(name)
  const busy = useBusy()
  const [missing, setMissing] = useState<string | null>(null)
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (busy) return
    const given = input()
    setMissing(typeof given === 'string' ? given : null)
    if (typeof given === 'string') return
    command.mutate(given as never, {
      onSuccess: (answer) => {
        message.success(done)
        onDone?.(answer)
        onClose()
      },
    })
  }
  return (
    <SidePanel open={open} onClose={onClose} {...(kicker ? { kicker } : {})} title={title} note={note}>
      <form className="stack" onSubmit={send}>
        {children(problemsOf(command.error))}
        {missing && (
          <p className="note hu" role="alert">
            {missing}
          </p>
        )}
        {command.error && <ErrorCard error={command.error} />}
        <div className="row">
          <button type="submit" className="button primary" aria-disabled={busy || undefined}>
            {command.isPending ? '请稍候…' : submit}
          </button>
          <button type="button" className="button" onClick={onClose}>
            先不
          </button>
        </div>
      </form>
    </SidePanel>
  )
}

const problemsOf = (error: Error | null): Problems =>
  error instanceof ApiError ? Object.fromEntries(Object.entries(error.fields ?? {}).map(([field, texts]) => [field, texts.join('；')])) : {}
