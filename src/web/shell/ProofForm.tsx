import { StepForm } from '../entry/StepForm.tsx'
import { TextField } from '../entry/TextField.tsx'
import { useEntryCommand } from '../entry/useEntryCommand.ts'
import { settleProof } from '../proof.ts'
import { useSession } from '../session.ts'

/** The six digits where an authenticator is bound, else the password. Good for five minutes. */
export function ProofForm() {
  const { account } = useSession()
  const { send, busy, problem, fields } = useEntryCommand('identity.confirmSelf')
  const prove = async ({ password = '', totp = '' }: Record<string, string>) => {
    if (await send(account.hasTotp ? { totp: totp.replace(/\s/g, '') } : { password })) settleProof(true)
  }
  return (
    <>
      <h2>请确认是你本人</h2>
      <p className="t2">这一步涉及个人信息或别人的账号。确认一次，五分钟内不再问。</p>
      <StepForm busy={busy} problem={problem} button="确认并继续" onSend={prove}>
        {account.hasTotp ? (
          <TextField label="动态口令" name="totp" autoComplete="one-time-code" inputMode="numeric" autoFocus problems={fields.totp} />
        ) : (
          <TextField
            label="现在的密码"
            name="password"
            type="password"
            autoComplete="current-password"
            autoFocus
            problems={fields.password}
          />
        )}
      </StepForm>
      <button type="button" className="button text block" onClick={() => settleProof(false)}>
        先不
      </button>
    </>
  )
}
