import { useState } from 'react'
import { useCommand, useRead } from '#web/api.ts'
import { TextLine } from '#web/parts/TextLine.tsx'
import './notifications.css'

/** On the page 我的: where one wants to be written to. Nothing is shown where the unit sends no mail. */
export function MailCard() {
  const { data } = useRead('notifications.mailbox', {})
  const change = useCommand('notifications.changeMailbox')
  const [setting, setSetting] = useState(false)
  if (!data || (!data.offered && data.address === null)) return null
  const { address, confirmed, digest } = data
  return (
    <section className="card">
      <header>
        <h2>邮件提醒</h2>
        <span className="small t3">工作日早上最多一封</span>
      </header>
      <div className="inside stack">
        {address && confirmed && !setting ? (
          <>
            <p className="mail-address">
              发到 {address}
              {!digest && '（已关）'}
            </p>
            <div className="row wrap">
              <button type="button" className="button small" onClick={() => change.mutate({ digest: !digest })}>
                {digest ? '先不发' : '恢复发送'}
              </button>
              <button type="button" className="button small" onClick={() => setSetting(true)}>
                换邮箱
              </button>
              <button type="button" className="button small" onClick={() => change.mutate({ digest: false, forget: true })}>
                删除邮箱
              </button>
            </div>
          </>
        ) : address && !confirmed && !setting ? (
          <Confirm address={address} onOther={() => setSetting(true)} />
        ) : (
          <SetMailbox onDone={() => setSetting(false)} />
        )}
      </div>
    </section>
  )
}

function SetMailbox({ onDone }: { onDone: () => void }) {
  const [address, setAddress] = useState('')
  const set = useCommand('notifications.setMailbox')
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        set.mutate({ address: address.trim() }, { onSuccess: onDone })
      }}
    >
      <TextLine
        label="邮箱"
        value={address}
        onChange={setAddress}
        max={200}
        problem={set.error?.message}
        hint="会先发一个验证码，确认是你的"
      />
      <div className="row">
        <button type="submit" className="button primary" disabled={set.isPending}>
          发验证码
        </button>
      </div>
    </form>
  )
}

function Confirm({ address, onOther }: { address: string; onOther: () => void }) {
  const [code, setCode] = useState('')
  const confirm = useCommand('notifications.confirmMailbox')
  const wrong = confirm.data && !confirm.data.confirmed ? '验证码不对，请核对邮件里的 6 位数字' : undefined
  return (
    <form
      className="stack"
      noValidate
      onSubmit={(event) => {
        event.preventDefault()
        confirm.mutate({ code: code.trim() })
      }}
    >
      <TextLine
        label="邮件里的验证码"
        value={code}
        onChange={setCode}
        max={6}
        problem={confirm.error?.message ?? wrong}
        hint={`已发到 ${address}，30 分钟内有效`}
      />
      <div className="row">
        <button type="submit" className="button primary" disabled={confirm.isPending}>
          确认
        </button>
        <button type="button" className="button text" onClick={onOther}>
          换一个邮箱或重新发
        </button>
      </div>
    </form>
  )
}
