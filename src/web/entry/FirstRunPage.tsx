import { useState } from 'react'
import { Brand } from '../parts/Brand.tsx'
import { DIFFERENT, NewPassword } from './NewPassword.tsx'
import { StepForm } from './StepForm.tsx'
import { TextField } from './TextField.tsx'
import { useEntryCommand, type Welcome } from './useEntryCommand.ts'

const STEPS = [
  { name: '单位和系统管理员', note: '现在做' },
  { name: '另两位管理员和党务干部', note: '发开通条' },
  { name: '组织和花名册', note: '党务干部导入' },
  { name: '规则', note: '中央最低已内置' },
  { name: '考核方案', note: '19 套可选' },
]

/** The first page of a new installation: its unit and its first 系统管理员. */
export function FirstRunPage({ welcome, onSignedIn }: { welcome: Welcome; onSignedIn: () => void }) {
  const { send, busy, problem, fields } = useEntryCommand('identity.firstRun')
  const [differ, setDiffer] = useState(false)
  return (
    <div className="first">
      <header className="first-head">
        <Brand />
        <b>融建</b>
        <span className="t3 small">首次使用，随时可以停，下次接着做</span>
      </header>
      <div className="first-body">
        <nav className="first-steps" aria-label="步骤">
          <ol>
            {STEPS.map(({ name, note }, i) => (
              <li key={name} className={i === 0 ? 'now' : ''} aria-current={i === 0 ? 'step' : undefined}>
                <i>{i + 1}</i>
                <div>
                  <b>{name}</b>
                  <small>{note}</small>
                </div>
              </li>
            ))}
          </ol>
        </nav>
        <main>
          <h1>填单位名称，设第一位系统管理员</h1>
          <p className="t2">大约 2 分钟。完成后用这个账号登录，再请另外两位管理员和党务干部进来。</p>
          <div className="first-columns">
            <section className="card">
              <div className="inside">
                <StepForm
                  busy={busy}
                  problem={differ ? DIFFERENT : problem}
                  button="建好单位并登录"
                  onSend={async ({ code = '', unitName = '', name = '', login = '', password = '', again = '' }) => {
                    setDiffer(password !== again)
                    if (password === again && (await send({ code, unitName, name, login, password }))) onSignedIn()
                  }}
                >
                  <TextField
                    label="一次性开通码"
                    name="code"
                    hint="启动程序时印在屏幕上，证明你管着这台机器"
                    autoComplete="one-time-code"
                    autoFocus
                    problems={fields.code}
                  />
                  <TextField
                    label="单位名称"
                    name="unitName"
                    hint="写全称，如「示例矿业集团有限公司」，以后可以改"
                    autoComplete="organization"
                    problems={fields.unitName}
                  />
                  <div className="two">
                    <TextField label="系统管理员姓名" name="name" autoComplete="name" problems={fields.name} />
                    <TextField label="工号或手机号（登录用）" name="login" autoComplete="username" problems={fields.login} />
                  </div>
                  <div className="two">
                    <NewPassword label="密码" rule={welcome.passwordRule} problems={fields.password} />
                  </div>
                </StepForm>
              </div>
            </section>
            <aside className="card">
              <header>
                <h2>三员分设</h2>
              </header>
              <dl className="first-officers">
                <dt>系统管理员</dt>
                <dd>管账号和运行，看不到业务内容</dd>
                <dt>安全管理员</dt>
                <dd>核准授权，不能给自己授权</dd>
                <dt>审计管理员</dt>
                <dd>查操作留痕，什么都不改</dd>
              </dl>
              <p className="first-note t2 small">三项由三个人分别担任。没到齐之前，页面上会有一行提示。</p>
            </aside>
          </div>
        </main>
      </div>
    </div>
  )
}
