import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { dateText, dueText } from '#web/text.ts'
import { AppealForm, DecideForm } from './AppealForms.tsx'
import type { Appeal, Item, Ref, Result } from './words.ts'

const KINDS = { filed: 'soon', upheld: 'note', rejected: 'calm', withdrawn: 'calm', settled: 'done' } as const

/** Under an indicator: its appeals with their decisions, and the way to appeal for whoever may. */
export function ItemAppeals({ item, input, result }: { item: Item; input: Ref; result: Result }) {
  const [filing, setFiling] = useState(false)
  const { data } = useRead(
    'evaluation.appeals',
    { orgId: input.orgId, runId: input.runId!, limit: 100 },
    { enabled: result.appeal !== null },
  )
  if (!result.appeal) return null
  const own = (data?.items ?? []).filter((a) => a.path === item.path && a.orgId === input.orgId)
  const { can, until } = result.appeal
  return (
    <section className="stack" aria-label="申诉">
      {own.map((a) => (
        <AppealCard key={a.id} appeal={a} />
      ))}
      {(can === true || can.code !== 'not-own-result') && !own.some((a) => a.state === 'filed' || a.state === 'upheld') && (
        <div className="row between wrap">
          <button
            type="button"
            className="button primary"
            aria-disabled={can !== true || undefined}
            title={can === true ? undefined : can.message}
            onClick={() => can === true && setFiling(true)}
          >
            对本项申诉
          </button>
          <span className="small t2">
            {can === true ? until && `申诉截止 ${dateText(until)}，${dueText(until, today())}` : can.message}
          </span>
        </div>
      )}
      {filing && <AppealForm item={item} input={input} onClose={() => setFiling(false)} />}
    </section>
  )
}

/** One appeal: who says what, how it was decided and why. */
export function AppealCard({ appeal, withOrg }: { appeal: Appeal; withOrg?: boolean }) {
  const [deciding, setDeciding] = useState(false)
  return (
    <article className="ev-appeal">
      <div className="row between wrap">
        <b>{withOrg ? `${appeal.orgName} · ${appeal.path}` : '申诉'}</b>
        <Status kind={KINDS[appeal.state]}>{appeal.stateName}</Status>
      </div>
      <p>{appeal.reason}</p>
      <p className="small t2">
        {appeal.filedBy ?? '本组织'} {dateText(appeal.filedOn)}提出
      </p>
      {appeal.decision && (
        <p className="note">
          <Icon name="info" />
          <span>
            {appeal.decision}
            <span className="small t2">
              {' '}
              （{appeal.decidedBy ?? '上级'} {appeal.decidedOn && dateText(appeal.decidedOn)}复核）
            </span>
          </span>
        </p>
      )}
      <div className="row wrap">
        {appeal.can.decide === true && (
          <button type="button" className="button small primary" onClick={() => setDeciding(true)}>
            复核这件申诉
          </button>
        )}
        {appeal.can.withdraw === true && (
          <StepButton
            name="evaluation.withdrawAppeal"
            label="撤回申诉"
            kind="small"
            input={{ orgId: appeal.orgId, id: appeal.id, version: appeal.version }}
            can={true}
            done="申诉已撤回"
          />
        )}
      </div>
      {deciding && <DecideForm appeal={appeal} onClose={() => setDeciding(false)} />}
    </article>
  )
}
