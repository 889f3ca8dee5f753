import { useState } from 'react'
import { useCommand, useReadPages } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { useSession } from '#web/session.ts'
import { momentText } from '#web/text.ts'
import { SIGN_IN_RESULTS } from '../contract.ts'
import { SecretLine } from './SecretLine.tsx'

/** On the page 我的: the second factor, and every attempt to sign in to this account. */
export function MySecurity() {
  return (
    <>
      <SecondFactor />
      <Log />
    </>
  )
}

function SecondFactor() {
  const { account } = useSession()
  const [open, setOpen] = useState(false)
  return (
    <section className="card">
      <header>
        <h2>动态口令</h2>
        <span className="small t3">登录时除了密码，再填手机上的 6 位数字</span>
      </header>
      <div className="inside row">
        <span className="grow">{account.hasTotp ? '已绑定。换手机前请先解除。' : '还没有绑定。绑定后，别人知道密码也登不上。'}</span>
        <button type="button" className="button small" onClick={() => setOpen(true)}>
          {account.hasTotp ? '解除' : '绑定'}
        </button>
      </div>
      {open && (account.hasTotp ? <Disable onClose={() => setOpen(false)} /> : <Bind onClose={() => setOpen(false)} />)}
    </section>
  )
}

function Bind({ onClose }: { onClose: () => void }) {
  const enable = useCommand('identity.enableTotp')
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  if (enable.data)
    return (
      <PanelForm
        name="identity.confirmTotp"
        open
        onClose={onClose}
        title="绑定动态口令"
        note="用手机上的口令程序扫这个码；扫不了就手工输入下面一串"
        input={() => (/^\d{6}$/.test(totp.trim()) ? { totp: totp.trim() } : '请填手机上现在显示的 6 位数字')}
        submit="绑定"
        done="已绑定，别处的登录都已退出"
      >
        {(problems) => (
          <>
            <img src={enable.data.qr} alt="动态口令的二维码，内容就是下面一串" width="180" height="180" />
            <p className="mono">{enable.data.secret.replace(/(.{4})/g, '$1 ')}</p>
            <TextLine label="6 位数字" value={totp} onChange={setTotp} problem={problems.totp} max={6} />
          </>
        )}
      </PanelForm>
    )
  return (
    <SidePanel open onClose={onClose} title="绑定动态口令" note="先填一次现在的密码，确认是你本人">
      <form
        className="stack"
        onSubmit={(event) => {
          event.preventDefault()
          if (!enable.isPending) enable.mutate({ password })
        }}
      >
        <SecretLine label="现在的密码" value={password} onChange={setPassword} />
        {enable.error && <ErrorCard error={enable.error} />}
        <div className="row">
          <button type="submit" className="button primary" aria-disabled={enable.isPending || undefined}>
            {enable.isPending ? '请稍候…' : '下一步'}
          </button>
          <button type="button" className="button" onClick={onClose}>
            先不
          </button>
        </div>
      </form>
    </SidePanel>
  )
}

function Disable({ onClose }: { onClose: () => void }) {
  const [password, setPassword] = useState('')
  const [totp, setTotp] = useState('')
  return (
    <PanelForm
      name="identity.disableTotp"
      open
      onClose={onClose}
      title="解除动态口令"
      note="解除后，登录只要密码"
      input={() => (password && totp ? { password, totp: totp.trim() } : '请填密码和动态口令')}
      submit="解除动态口令"
      done="动态口令已解除"
    >
      {(problems) => (
        <>
          <SecretLine label="现在的密码" value={password} onChange={setPassword} problem={problems.password} />
          <TextLine label="6 位数字" value={totp} onChange={setTotp} problem={problems.totp} max={6} />
        </>
      )}
    </PanelForm>
  )
}

function Log() {
  const list = useReadPages('identity.signInLog', { limit: 10 })
  return (
    <section className="card">
      <header>
        <h2>登录记录</h2>
        <span className="small t3">登上的和没登上的都在</span>
      </header>
      {list.error && <ErrorCard error={list.error} again={list.again} />}
      <ul className="lines">
        {list.items.map((entry) => (
          <li key={entry.id}>
            <div className="grow">
              <b>{SIGN_IN_RESULTS[entry.result]}</b>
              <div className="small t3">
                {momentText(entry.at)} · {entry.device} · {entry.source}
              </div>
            </div>
          </li>
        ))}
      </ul>
      {list.more && (
        <p className="inside">
          <button type="button" className="button small" onClick={list.more}>
            再看 10 条
          </button>
        </p>
      )}
    </section>
  )
}
