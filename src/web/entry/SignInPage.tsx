import { useState } from 'react'
import type { Next } from '#modules/identity/contract.ts'
import { setDisplay, useDisplay } from '../display.ts'
import { Brand } from '../parts/Brand.tsx'
import { ActivateForm } from './ActivateForm.tsx'
import { Circle } from './Circle.tsx'
import { SignInForm } from './SignInForm.tsx'
import { UnitSignIn } from './UnitSignIn.tsx'
import type { Welcome } from './useEntryCommand.ts'

interface Props {
  /** Null until the server answered; the form works without it. */
  welcome: Welcome | null
  problem: string | null
  /** What a sign-in begun elsewhere still asks for. */
  after: Next | null
  again: () => void
  onSignedIn: () => void
}

/** The first page of everybody. */
export function SignInPage({ welcome, problem, after, again, onSignedIn }: Props) {
  const [activating, setActivating] = useState(false)
  return (
    <div className="entry">
      <div className="entry-left">
        <div className="entry-brand">
          <Brand size={34} />
          <b>融建</b>
          <span className="t3">{welcome?.unit?.name}</span>
        </div>
        <div className="entry-middle">
          <Circle />
        </div>
        <p className="entry-foot t3 small">
          <span>自建部署，数据不出本单位</span>
          <span>不收涉密信息</span>
          <span>{welcome ? `v${welcome.version} 开源` : ''}</span>
        </p>
      </div>
      <main className="entry-right">
        <div className="entry-form">
          <h1>{activating ? '首次登录' : '登录'}</h1>
          <p className="t2">{activating ? '用开通条上的一次性开通码设自己的密码' : '用工号或手机号登录'}</p>
          {problem && (
            <div className="note zhe" role="alert">
              <p className="grow">{problem}</p>
              <button type="button" className="button small" onClick={again}>
                再试一次
              </button>
            </div>
          )}
          {activating ? (
            <ActivateForm passwordRule={welcome?.passwordRule} onSignedIn={onSignedIn} onBack={() => setActivating(false)} />
          ) : (
            <>
              {welcome?.provider && <UnitSignIn label={welcome.provider.label} />}
              <SignInForm key={after?.next} begun={after} onSignedIn={onSignedIn} />
              <div className="entry-links">
                <button type="button" className="button text" onClick={() => setActivating(true)}>
                  第一次登录，用开通码
                </button>
                <SizeButton />
              </div>
              <Help />
            </>
          )}
        </div>
      </main>
    </div>
  )
}

function SizeButton() {
  const { size } = useDisplay()
  const large = size !== 'standard'
  return (
    <button type="button" className="button text" aria-pressed={large} onClick={() => setDisplay({ size: large ? 'standard' : 'large' })}>
      {large ? '标准字号' : '大字版'}
    </button>
  )
}

const Help = () => (
  <details className="entry-help">
    <summary>登不上怎么办</summary>
    <p>忘了密码：带证件找本单位系统管理员，当面换一个一次性开通码，再用「第一次登录」设新密码。换码会留痕，也会告诉你本人。</p>
    <p>没有账号：找党支部书记或党务干部，名册里有你才能开通。</p>
  </details>
)
