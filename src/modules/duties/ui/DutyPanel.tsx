import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Seal } from '#web/parts/Seal.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import { type DutyView, frequencyText, type RuleLine } from '../contract.ts'
import './duties.css'
import { RuleText } from './RuleText.tsx'
import { lineOf, lookOf } from './words.ts'

interface Props {
  orgId: string
  duty: DutyView
  rules: readonly RuleLine[]
  /** The day by which it is judged. */
  day: string
  canRecord: boolean
  onClose: () => void
}

/** One duty: how it stands, the records that meet it, the rule in its own words, and why this branch is asked. */
export function DutyPanel({ orgId, duty, rules, day, canRecord, onClose }: Props) {
  const rule = rules.find((r) => r.id === duty.ruleId)
  const look = lookOf(duty, day)
  const open = duty.state !== 'met' && duty.state !== 'exempt' && duty.from <= day
  return (
    <SidePanel
      open
      onClose={onClose}
      kicker="应办事项"
      title={`${duty.periodName}${duty.title}`}
      note={<Status kind={look.kind}>{look.words}</Status>}
      foot={open && canRecord && <RecordLink orgId={orgId} duty={duty} look="button primary block" />}
    >
      <div className="stack">
        {open && <p>{lineOf(duty, day)}。</p>}
        {duty.meetings.length > 0 && (
          <section>
            <h3 className="duty-h3">由这些记录认定，不用另外报</h3>
            {duty.meetings.map((id, i) => (
              <MeetingRecord key={id} id={id} on={duty.heldOn[i]!} duty={duty} />
            ))}
          </section>
        )}
        {rule && (
          <section>
            <h3 className="duty-h3">规则</h3>
            <RuleText rule={rule} />
          </section>
        )}
        <Why orgId={orgId} duty={duty} />
      </div>
    </SidePanel>
  )
}

/** Leads to the form for this very meeting; a committee is set up in the tree of organisations. */
export function RecordLink({ orgId, duty, look }: { orgId: string; duty: DutyView; look: string }) {
  if (duty.duty === 'committeeSetUp')
    return (
      <Link className={look} to="/organisation" search={{ org: orgId } as never}>
        看支委任职
      </Link>
    )
  return (
    <Link className={look} to="/record" search={{ org: orgId, kind: duty.duty } as never}>
      {duty.state === 'overdue' ? '补录这次会' : '记这次会'}
      <span className="hidden-text">：{duty.title}</span>
    </Link>
  )
}

/** A meeting that meets the duty; who may not read it still learns its day. */
function MeetingRecord({ id, on, duty }: { id: string; on: string; duty: DutyView }) {
  const { data: m } = useRead('meetings.get', { id })
  const n = m?.entries.findLast((e) => duty.facts.includes(e.factId))?.n
  const number = n ? { number: `${on.slice(0, 4)}-${String(n).padStart(5, '0')}` } : {}
  return (
    <article className="prov-record duty-record">
      <div className="row between">
        <Seal {...number} />
        <span className="small t3">{dateText(on)}</span>
      </div>
      <h3>{m && !m.hidden ? m.title : duty.title}</h3>
      {m && (
        <div className="row between small">
          <span>
            应到 {m.expected} 人，实到 {m.present} 人
          </span>
          <Link to={`/meetings/${id}`}>看会议记录</Link>
        </div>
      )}
    </article>
  )
}

function Why({ orgId, duty }: { orgId: string; duty: DutyView }) {
  const { data, error, refetch } = useRead('duties.why', { orgId, duty: duty.duty, period: duty.period })
  return (
    <section aria-label="为什么要我办">
      <h3 className="duty-h3">为什么要我办</h3>
      {error ? (
        <ErrorCard error={error} again={refetch} />
      ) : !data ? (
        <Skeleton lines={2} />
      ) : (
        <>
          <p>{data.says}。</p>
          {data.fullMembers && <p className="t2">{data.fullMembers}。</p>}
          {data.rules.length > 1 && (
            <ul className="duty-layers">
              {data.rules.map(({ rule, chosen }) => (
                <li key={rule.id}>
                  <span className={`tag ${chosen ? 'dai' : ''}`}>{rule.body.layer === 'central' ? '中央' : rule.orgName || '本单位'}</span>
                  <span className="grow">
                    {frequencyText(rule.body)}
                    {chosen && '，按这条提醒'}
                    {rule.until && `，${dateText(rule.until)}起废止`}
                    {rule.belowCentral && <small className="zhe">{rule.belowCentral}</small>}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </>
      )}
    </section>
  )
}
