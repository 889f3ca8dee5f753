import { useState } from 'react'
import type { Next } from './contract.ts'
import { StepForm } from './StepForm.tsx'
import { TextField } from './TextField.tsx'
import { useEntryCommand } from './useSteps.ts'

interface Props {
  onSignedIn: () => void
}

/** Number and password, then whatever the server still asks for: the six digits, or a new password. */
export function SignInForm({ onSignedIn }: Props) {
  const [after, setAfter] = useState<Next | null>(null)
  const go = (next: Next | null) => (next?.next === 'in' ? onSignedIn() : next && setAfter(next))

  if (after?.next === 'totp') return <TotpStep ticket={after.ticket} go={go} />
  if (after?.next === 'newPassword') return <NewPasswordStep ticket={after.ticket} reason={after.reason} go={go} />
  return <PasswordStep go={go} />
}

type Go = (next: Next | null) => void

function PasswordStep({ go }: { go: Go }) {
  const { send, busy, problem, fields } = useEntryCommand('identity.signIn')
  return (
    <StepForm
      busy={busy}
      problem={problem}
      button="登录"
      onSend={async ({ login = '', password = '' }) => go(await send({ login: login.trim(), password }))}
    >
      <TextField label="账号" name="login" placeholder="工号或手机号" autoComplete="username" inputMode="text" problems={fields.login} />
      <TextField label="密码" name="password" type="password" autoComplete="current-password" problems={fields.password} />
    </StepForm>
  )
}

function TotpStep({ ticket, go }: { ticket: string; go: Go }) {
  const { send, busy, problem, fields } = useEntryCommand('identity.confirmTotp')
  return (
    <StepForm
      busy={busy}
      problem={problem}
      button="确认并登录"
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
      problem={differ ? '两次填的密码不一样，请再填一遍' : problem}
      button="换密码并登录"
      onSend={async ({ password = '', again = '' }) => {
        setDiffer(password !== again)
        if (password === again) go(await send({ ticket, password }))
      }}
    >
      <p className="t2">{reason}</p>
      <TextField label="新密码" name="password" type="password" autoComplete="new-password" autoFocus problems={fields.password} />
      <TextField label="再填一遍" name="again" type="password" autoComplete="new-password" />
    </StepForm>
  )
}
