import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { schemeAddress } from './words.ts'

type Check = Api['evaluation.selfCheck']['output']

/** 年度考核对照: off unless a committee decided otherwise; for the unit's own eyes only. */
export function SelfCheckCard({ orgId, name, check }: { orgId: string; name: string; check: Check }) {
  const [setting, setSetting] = useState(false)
  const { allowed, decision } = check
  return (
    <section className="card">
      <header>
        <h2>年度考核对照</h2>
        <span className="small t2">供自查，不排名、不通报</span>
      </header>
      <div className="inside stack">
        <p className="small t2">
          {decision
            ? `${decision.orgName} ${dateText(decision.decidedAt)}决定${allowed ? '开放' : '不开放'}（${decision.documentNo}）：${decision.reason}`
            : '没有开放。平时看应办事项和期限，不看进行中的得分。'}
        </p>
        {allowed && !check.can.set && <OwnSchemes orgId={orgId} />}
        {check.can.set && (
          <button type="button" className="button small" onClick={() => setSetting(true)}>
            登记开放或关闭的决定
          </button>
        )}
      </div>
      {setting && <SettingForm orgId={orgId} name={name} allowed={allowed} onClose={() => setSetting(false)} />}
    </section>
  )
}

function OwnSchemes({ orgId }: { orgId: string }) {
  const { data } = useRead('evaluation.schemes', { orgId })
  const published = (data?.items ?? []).filter((s) => s.state === 'published')
  if (data && published.length === 0) return <p className="small">上级还没有发布考核方案，暂时没有可对照的。</p>
  return (
    <ul className="plain-links">
      {published.map((s) => (
        <li key={schemeAddress(s)}>
          <Link to="/evaluation/self-check" search={{ org: orgId, scheme: schemeAddress(s) } as never}>
            对照「{s.name}」看本年情况
          </Link>
        </li>
      ))}
    </ul>
  )
}

function SettingForm({ orgId, name, allowed, onClose }: { orgId: string; name: string; allowed: boolean; onClose: () => void }) {
  const [to, setTo] = useState<'on' | 'off'>(allowed ? 'off' : 'on')
  const [reason, setReason] = useState('')
  const [documentNo, setDocumentNo] = useState('')
  return (
    <PanelForm
      name="evaluation.selfCheckSetting"
      open
      onClose={onClose}
      kicker={name}
      title="登记开放或关闭的决定"
      note="对本组织和所辖组织有效。开放后，各组织只能看自己的对照；上级看不到进行中的得分。"
      input={() => ({ orgId, allowed: to === 'on', reason, documentNo })}
      submit="登记这个决定"
      done="已登记"
    >
      {(problems) => (
        <>
          <Segments label="决定" value={to} options={{ on: '开放自查', off: '不开放' }} onChange={setTo} />
          <TextLine label="理由" value={reason} onChange={setReason} problem={problems.reason} max={500} />
          <TextLine label="会议文号" value={documentNo} onChange={setDocumentNo} problem={problems.documentNo} max={100} />
        </>
      )}
    </PanelForm>
  )
}
