import { App } from 'antd'
import type { ReactNode } from 'react'
import { type Name, useBusy, useCommand } from '../api.ts'

/** True, or why not, as each row's `can` tells for every step. */
export type Verdict = true | { code: string; message: string } | string

interface Props {
  name: Name
  /** A verb and what it is done to: 「作废这份纪要」. */
  label: ReactNode
  input: object
  can: Verdict | undefined
  /** What is said when it is done. */
  done?: string
  kind?: 'primary' | 'plain' | 'small' | 'danger'
  /** The consequence, for what cannot be undone: asked before, and the button of the question is the action itself. */
  warn?: string
  onDone?: () => void
}

/** A button for an operation that needs nothing but what is known. Not available, it stays focusable and says why. */
export function StepButton({ name, label, input, can = true, done, kind = 'plain', warn, onDone }: Props) {
  const { message, modal } = App.useApp()
  const command = useCommand(name)
  const busy = useBusy()
  const reason = can === true ? null : typeof can === 'string' ? can : can.message
  const go = () =>
    command.mutateAsync(input as never).then(
      () => {
        if (done) message.success(done)
        onDone?.()
      },
      (error: Error) => void message.error(error.message),
    )
  const ask = () =>
    warn ? void modal.confirm({ title: label, content: warn, okText: label, cancelText: '先不', icon: null, onOk: go }) : void go()
  const look = { primary: 'primary', plain: '', small: 'small', danger: 'small danger' }[kind]
  return (
    <button
      type="button"
      className={`button ${look}`}
      aria-disabled={reason !== null || busy || undefined}
      title={reason ?? undefined}
      onClick={() => (reason ? void message.info(reason) : busy ? undefined : ask())}
    >
      {command.isPending ? '请稍候…' : label}
      {reason && <span className="hidden-text">，现在不能：{reason}</span>}
    </button>
  )
}
