import { useState } from 'react'
import { DIFFERENT, NewPassword } from './NewPassword.tsx'
import { StepForm } from './StepForm.tsx'
import { TextField } from './TextField.tsx'
import { useEntryCommand } from './useEntryCommand.ts'

interface Props {
  passwordRule: string | undefined
  onSignedIn: () => void
  onBack: () => void
}

/** The first password, or one that replaces a forgotten one, by the one-time code of a slip. */
export function ActivateForm({ passwordRule, onSignedIn, onBack }: Props) {
  const { send, busy, problem, fields } = useEntryCommand('identity.activate')
  const [differ, setDiffer] = useState(false)
  return (
    <>
      <StepForm
        busy={busy}
        problem={differ ? DIFFERENT : problem}
        button="设密码并登录"
        onSend={async ({ login = '', code = '', password = '', again = '' }) => {
          setDiffer(password !== again)
          if (password !== again) return
          const next = await send({ login, code, password })
          if (next?.next === 'in') onSignedIn()
          else if (next) onBack()
        }}
      >
        <TextField label="账号" name="login" placeholder="工号或手机号" autoComplete="username" autoFocus problems={fields.login} />
        <TextField
          label="一次性开通码"
          name="code"
          hint="在发给你的开通条上，只能用一次"
          autoComplete="one-time-code"
          problems={fields.code}
        />
        <NewPassword label="新密码" rule={passwordRule} problems={fields.password} />
      </StepForm>
      <div className="entry-links">
        <button type="button" className="button text" onClick={onBack}>
          已有密码，去登录
        </button>
      </div>
    </>
  )
}
