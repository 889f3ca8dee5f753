import { App } from 'antd'
import { useState } from 'react'
import { DIFFERENT, NewPassword } from '../entry/NewPassword.tsx'
import { StepForm } from '../entry/StepForm.tsx'
import { TextField } from '../entry/TextField.tsx'
import { useEntryCommand } from '../entry/useEntryCommand.ts'

/** One's own password, changed by someone who knows the present one. */
export function ChangePassword() {
  const { message } = App.useApp()
  const { send, busy, problem, fields } = useEntryCommand('identity.changePassword')
  const [differ, setDiffer] = useState(false)
  const [times, setTimes] = useState(0)
  return (
    <details className="card fold">
      <summary>改密码</summary>
      <div className="inside" key={times}>
        <StepForm
          busy={busy}
          problem={differ ? DIFFERENT : problem}
          button="改密码"
          onSend={async ({ old = '', password = '', again = '' }) => {
            setDiffer(password !== again)
            if (password !== again || !(await send<object>({ oldPassword: old, newPassword: password }))) return
            setTimes(times + 1)
            message.success('密码已改，下次用新密码登录')
          }}
        >
          <TextField label="现在的密码" name="old" type="password" autoComplete="current-password" problems={fields.oldPassword} />
          <NewPassword label="新密码" rule={undefined} problems={fields.newPassword} />
        </StepForm>
      </div>
    </details>
  )
}
