import { useState } from 'react'
import { POSTS } from '#modules/organisation/contract.ts'
import { downloadOf, useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { LoopBar } from '#web/parts/Steps.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { DIRECTIONS } from '../contract.ts'
import { type Step, TransferStep } from './TransferStep.tsx'
import './transfers.css'

export type Shown = Api['transfers.get']['output']

/** One transfer: where it stands, what its letter says, and the steps this reader may take. */
export function TransferDetail({ id }: { id: string }) {
  const { data: t, error, refetch } = useRead('transfers.get', { id })
  const [step, setStep] = useState<Step | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!t) return <Skeleton lines={6} />
  const steps = STEPS.filter(({ key }) => t.can[key])
  const expired = t.daysLeft !== null && t.daysLeft < 0
  const primary = t.can.receive ? 'receive' : expired ? 'reissue' : t.can.enterReceipt ? 'enterReceipt' : undefined
  return (
    <div className="stack">
      <LoopBar steps={stepsOf(t)} now={t.state === 'received' ? 3 : t.state === 'sent' ? 1 : 2} />
      <p className={expired ? 'note zhe' : 'note'}>{t.says}。</p>
      <dl className="transfer-facts">
        <dt>类别</dt>
        <dd>{DIRECTIONS[t.direction]}</dd>
        <dt>转出</dt>
        <dd>{t.fromName}</dd>
        <dt>接收</dt>
        <dd>{t.toName}</dd>
        <dt>原因</dt>
        <dd>{t.causeName}</dd>
        <dt>介绍信</dt>
        <dd>{t.letterNo}</dd>
        <dt>有效期</dt>
        <dd>
          {dateText(t.sentOn)}至{dateText(t.validUntil)}
        </dd>
        {t.why && (
          <>
            <dt>{t.state === 'withdrawn' ? '撤回原因' : '退回原因'}</dt>
            <dd>{[t.why, t.note].filter(Boolean).join('，')}</dd>
          </>
        )}
      </dl>
      {t.posts.length > 0 && (
        <p className="small t2">
          {t.posts
            .map(({ role, orgName, ends }) => `${orgName}${POSTS[role]}${ends ? '：接收那天一并结束' : '：不一并结束，须另行免职'}`)
            .join('；')}
        </p>
      )}
      <div className="row wrap">
        {steps.map(({ key, label }) => (
          <button type="button" key={key} className={`button small ${key === primary ? 'primary' : ''}`} onClick={() => setStep(key)}>
            {label}
          </button>
        ))}
        {t.can.letter && <PaperLinks small label="介绍信" of={(format) => downloadOf('transfers.letter', { id, format })} />}
        {t.can.receipt && <PaperLinks small label="回执" of={(format) => downloadOf('transfers.receipt', { id, format })} />}
      </div>
      {step && <TransferStep step={step} transfer={t} onClose={() => setStep(null)} />}
    </div>
  )
}

const STEPS: { key: Step; label: string }[] = [
  { key: 'receive', label: '接收' },
  { key: 'enterReceipt', label: '登记回执' },
  { key: 'giveBack', label: '退回' },
  { key: 'reissue', label: '重开介绍信' },
  { key: 'withdraw', label: '撤回' },
  { key: 'correctDay', label: '更正接收日期' },
]

const stepsOf = ({ state, direction }: Shown): string[] => {
  if (state === 'returned') return ['开介绍信', '已退回', '重新转出']
  if (state === 'withdrawn') return ['开介绍信', '已撤回', '办结']
  return ['开介绍信', direction === 'out' ? '等回执' : '接收', '名册变更']
}
