import { useState } from 'react'
import type { Next } from '#modules/identity/contract.ts'
import { DIFFERENT, NewPassword } from './NewPassword.tsx'
import { StepForm } from './StepForm.tsx'
import { TextField } from './TextField.tsx'
import { useEntryCommand } from './useEntryCommand.ts'

type Go = (next: Next | null) => void

interface Props {
  /** The step that an earlier one left, if any. */
  begun?: Next | null
  onSignedIn: () => void
}

/** Number and password, then whatever the server still asks for: the six digits of the phone, or a new password. */
export function SignInForm({ begun = null, onSignedIn }: Props) {
  const [after, setAfter] = useState<Next | null>(begun)
  const go: Go = (next) => (next?.next === 'in' ? onSignedIn() : next && setAfter(next))

  if (after?.next === 'totp') return <TotpStep ticket={after.ticket} go={go} />
  if (after?.next === 'newPassword') return <NewPasswordStep ticket={after.ticket} reason={after.reason} go={go} />
  return <PasswordStep go={go} />
}

function PasswordStep({ go }: { go: Go }) {
  const { send, busy, problem, fields } = useEntryCommand('identity.signIn')
  return (
    <StepForm
      busy={busy}
      problem={problem}
      button="登录"
      onSend={async ({ login = '', password = '' }) => go(await send({ login, password }))}
    >
      <TextField label="账号" name="login" placeholder="工号或手机号" autoComplete="username" problems={fields.login} />
      <TextField label="密码" name="password" type="password" autoComplete="current-password" problems={fields.password} />
    </StepForm>
  )
}

function TotpStep({ ticket, go }: { ticket: string; go: Go }) {
  const { send, busy, problem, fields } = useEntryCommand('identity.signInTotp')
  return (
    <StepForm
      busy={busy}
      problem={problem}
      button="核对口令并登录"
      onSend={async ({ code = '' }) => go(await send({ ticket, code: code.replace(/\s/g, '') }))}
    >
      <TextField
        label="动态口令"
        name="code"
        hint="打开手机上的口令程序，填现在显示的 6 位数字"
        autoComplete="one-time-code"
        inputMode="numeric"
        autoFocus
        problems={fields.code}
      />
    </StepForm>
  )
}

function NewPasswordStep({ ticket, reason, go }: { ticket: string; reason: string; go: Go }) {
  const { send, busy, problem, fields } = useEntryCommand('identity.replacePassword')
  const [differ, setDiffer] = useState(false)
  return (
    <StepForm
      busy={busy}
      problem={differ ? DIFFERENT : problem}
      button="换密码并登录"
      onSend={async ({ password = '', again = '' }) => {
        setDiffer(password !== again)
        if (password === again) go(await send({ ticket, password }))
      }}
    >
      <p className="t2">{reason}</p>
      <NewPassword label="新密码" rule={undefined} problems={fields.password} />
    </StepForm>
  )
}
