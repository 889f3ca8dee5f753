import { useQueryClient } from '@tanstack/react-query'
import { useState } from 'react'
import { downloadOf, readAgain, useRead } from '#web/api.ts'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { countText, momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { AGREEMENTS } from '../contract.ts'

type Row = Api['identity.agreements']['output']['items'][number]

/** What waits for this person's agreement, and how one's own askings stand. Shown only while there is anything. */
export function AgreementsCard() {
  const { data } = useRead('identity.agreements', { limit: 20 })
  const [declining, setDeclining] = useState<Row | null>(null)
  if (!data || data.items.length === 0) return null
  const forMe = data.items.filter((row) => !row.mine).length
  return (
    <section className="card">
      <header>
        <h2>{forMe > 0 ? `${forMe} 件事等你同意` : '等另一人同意的事'}</h2>
        <span className="small t3">另一人同意才能办；一天内有效，只能用一次</span>
      </header>
      <ul className="lines">
        {data.items.map((row) => (
          <li key={row.id}>
            <div className="grow">
              <b>{AGREEMENTS[row.kind]}</b>：{row.about}
              {row.count !== null && `，${countText(row.count)} 人`}
              <div className="small t3">
                {row.mine ? '我' : row.askedBy} {momentText(row.askedAt)} 提出：{row.reason}
                {row.state === 'declined' && `。${row.decidedBy} 没有同意：${row.remark}`}
              </div>
            </div>
            {row.mine ? <Mine row={row} /> : <Decide row={row} onDecline={() => setDeclining(row)} />}
          </li>
        ))}
      </ul>
      {declining && <DeclineForm row={declining} onClose={() => setDeclining(null)} />}
    </section>
  )
}

const STATES = { waiting: '等同意', agreed: '已同意', declined: '没有同意', used: '已用过', over: '过期了' } as const
const LOOKS = { waiting: 'calm', agreed: 'done', declined: 'wrong', used: 'calm', over: 'calm' } as const

function Mine({ row }: { row: Row }) {
  const client = useQueryClient()
  if (row.state === 'agreed' && row.kind === 'rosterExport')
    return (
      <a
        className="button small primary"
        href={downloadOf('members.rosterExport', row.detail as never)}
        download
        onClick={() => setTimeout(() => void readAgain(client, 'identity.agreements'), 2000)}
      >
        {row.decidedBy} 已同意，导出 Excel
      </a>
    )
  return (
    <Status kind={LOOKS[row.state]}>
      {STATES[row.state]}
      {row.state === 'agreed' && '，请到账号里发码'}
    </Status>
  )
}

function Decide({ row, onDecline }: { row: Row; onDecline: () => void }) {
  return (
    <span className="row">
      <StepButton
        name="identity.agree"
        label="同意"
        kind="small"
        input={{ id: row.id, version: row.version }}
        can={row.can.agree}
        warn={`${row.askedBy} 就可以${AGREEMENTS[row.kind]}（${row.about}），一天之内，只能一次。请先向本人核实。`}
        done="已同意"
      />
      <button type="button" className="button small" onClick={onDecline}>
        不同意
      </button>
    </span>
  )
}

function DeclineForm({ row, onClose }: { row: Row; onClose: () => void }) {
  const [reason, setReason] = useState('')
  return (
    <PanelForm
      name="identity.decline"
      open
      onClose={onClose}
      kicker={row.about}
      title={`不同意${AGREEMENTS[row.kind]}`}
      note="提出的人会看到理由"
      input={() => (reason.trim().length >= 2 ? { id: row.id, version: row.version, reason } : '请写明理由')}
      submit="不同意"
      done="没有同意"
    >
      {(problems) => <TextLine label="理由" value={reason} onChange={setReason} problem={problems.reason} max={200} />}
    </PanelForm>
  )
}
