import { useState } from 'react'
import { useReadPages } from '#web/api.ts'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import { DUTY_KINDS, type ExemptionRequest } from '../contract.ts'

const STATES = { asked: '等审批', granted: '已批准', refused: '没有批准' } as const

/** What branches asked to be exempt from, those that wait first; whoever manages above decides. */
export function ExemptionRequests({ orgId }: { orgId: string }) {
  const [deciding, setDeciding] = useState<ExemptionRequest>()
  const { items: rows, more } = useReadPages('duties.exemptionRequests', { orgId, limit: 10 })
  if (rows.length === 0) return null
  return (
    <section className="card" aria-label="豁免的申请">
      <header>
        <h2>豁免的申请</h2>
        <span className="small t2">由上级审批，批准以后才不算逾期</span>
      </header>
      <ul className="lines">
        {rows.map((r) => (
          <li key={r.id}>
            <span className="grow">
              <b>
                {r.orgName}：{DUTY_KINDS[r.duty]} {dateText(r.from)}至{dateText(r.until)}
              </b>
              <small className="t2 duty-block">
                {r.reason} · {r.askedBy} {dateText(r.askedOn)}提出
                {r.decidedOn && ` · ${r.decidedBy} ${dateText(r.decidedOn)}${STATES[r.state]}${r.answer && `：${r.answer}`}`}
              </small>
            </span>
            {r.canDecide ? (
              <button type="button" className="button small" onClick={() => setDeciding(r)}>
                审批
                <span className="hidden-text">
                  ：{r.orgName}的{DUTY_KINDS[r.duty]}
                </span>
              </button>
            ) : (
              <span className={`tag ${r.state === 'granted' ? 'song' : r.state === 'refused' ? 'zhe' : 'hu'}`}>{STATES[r.state]}</span>
            )}
          </li>
        ))}
      </ul>
      {more && (
        <button type="button" className="button text small" onClick={more}>
          往下看
        </button>
      )}
      {deciding && <DecideForm request={deciding} onClose={() => setDeciding(undefined)} />}
    </section>
  )
}

function DecideForm({ request: r, onClose }: { request: ExemptionRequest; onClose: () => void }) {
  const [grant, setGrant] = useState<'yes' | 'no'>('yes')
  const [answer, setAnswer] = useState('')
  return (
    <PanelForm
      name="duties.decideExemption"
      open
      onClose={onClose}
      kicker={r.orgName}
      title={`审批豁免：${DUTY_KINDS[r.duty]}`}
      note={`${dateText(r.from)}至${dateText(r.until)}。${r.reason}`}
      input={() =>
        grant === 'no' && answer.trim().length < 2
          ? '不批准的，请写明原因'
          : { id: r.id, version: r.version, grant: grant === 'yes', answer }
      }
      submit={grant === 'yes' ? '批准这项豁免' : '不批准'}
      done={grant === 'yes' ? '已批准，支部已收到通知' : '已答复，支部已收到通知'}
    >
      {(problems) => (
        <>
          <Segments label="意见" value={grant} options={{ yes: '批准', no: '不批准' }} onChange={setGrant} />
          <TextLine
            label={grant === 'yes' ? '批准的文号' : '原因'}
            value={answer}
            onChange={setAnswer}
            problem={problems.answer}
            hint={grant === 'yes' ? '没有文号可以不填' : '支部会看到'}
            max={300}
          />
        </>
      )}
    </PanelForm>
  )
}
