import { useState } from 'react'
import { StepForm } from './StepForm.tsx'
import { TextField } from './TextField.tsx'
import { useEntryCommand } from './useEntryCommand.ts'

interface Secret {
  secret: string
  qr: string
}

/** Binds the second factor: the password again, a code to scan, and six digits that prove that the phone holds it. */
export function EnrolTotp({ onDone }: { onDone: () => void }) {
  const enable = useEntryCommand('identity.enableTotp')
  const confirm = useEntryCommand('identity.confirmTotp')
  const [secret, setSecret] = useState<Secret | null>(null)
  if (!secret)
    return (
      <StepForm
        busy={enable.busy}
        problem={enable.problem}
        button="下一步"
        onSend={async ({ password = '' }) => setSecret(await enable.send<Secret>({ password }))}
      >
        <TextField
          label="现在的密码"
          name="password"
          type="password"
          autoComplete="current-password"
          autoFocus
          problems={enable.fields.password}
        />
      </StepForm>
    )
  return (
    <StepForm
      busy={confirm.busy}
      problem={confirm.problem}
      button="绑定"
      onSend={async ({ totp = '' }) => {
        if (await confirm.send({ totp: totp.replace(/\s/g, '') })) onDone()
      }}
    >
      <p>用手机上的口令程序扫这个码；扫不了就手工输入下面一串。</p>
      <img className="totp-code" src={secret.qr} alt="动态口令的二维码，内容就是下面一串" width="180" height="180" />
      <p className="mono totp-secret">{secret.secret.replace(/(.{4})/g, '$1 ')}</p>
      <TextField
        label="手机上现在显示的 6 位数字"
        name="totp"
        inputMode="numeric"
        autoComplete="one-time-code"
        autoFocus
        problems={confirm.fields.totp}
      />
    </StepForm>
  )
}
