import { Link, useParams } from '@tanstack/react-router'
import { downloadOf, useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { FileLinks } from '#web/parts/FileLinks.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { Formula } from '#web/parts/Quorum.tsx'
import { Seal } from '#web/parts/Seal.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { Slot } from '#web/Slot.tsx'
import { dateText } from '#web/text.ts'
import { ABSENCES, type Absence, type MeetingView } from '../contract.ts'
import { Chain } from './Chain.tsx'
import { Items } from './Items.tsx'
import { bothDays } from './LateTag.tsx'
import './meetings.css'
import { Quorate } from './Quorate.tsx'
import { factNumber, kindsText, stateLook, whenText } from './words.ts'

/** One meeting: what was recorded, who came, what follows from it, and the chain from record to signature to addenda. */
export function MeetingPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data: m, error, refetch } = useRead('meetings.get', { id })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!m) return <Skeleton lines={10} />
  const look = stateLook(m.state)
  const held = m.entries.findLast((e) => e.kind === 'meeting.held')
  return (
    <>
      <PageTitle
        conclusion={m.title}
        crumb={m.title}
        note={`${m.orgName} · ${kindsText(m)} · ${whenText(m)}${m.place ? ` · ${m.place}` : ''}`}
        badge={
          <span className="badges">
            <Status kind={look.kind}>{look.words}</Status>
            {m.late && <span className="tag hu">{bothDays(m)}</span>}
          </span>
        }
        actions={<Actions m={m} />}
      />
      <div className="columns meeting-columns">
        <div className="stack">
          {m.hidden && (
            <div className="note">
              <Icon name="info" />
              <p>这次会已经召开并记录。会议内容只有委员能看，要看请找支部书记。</p>
            </div>
          )}
          {m.warnings.map((w) => (
            <div key={w.code + w.says} className="note hu">
              <Icon name="warning" />
              <p>
                <Formula text={w.says} />。{w.remedy}。
              </p>
            </div>
          ))}
          {!m.hidden && <Attendance m={m} />}
          {m.items.length > 0 && <Items items={m.items} />}
          {m.papers.length > 0 && <Papers m={m} />}
        </div>
        <aside className="stack">
          <section className="card">
            <header>
              <h2>记录与签字</h2>
              {held && <Seal number={factNumber(held.n, m.heldOn)} entered={!m.belowQuorum} />}
            </header>
            <div className="inside">
              <Chain m={m} />
            </div>
          </section>
          <Slot name="meeting" id={m.id} />
        </aside>
      </div>
    </>
  )
}

function Actions({ m }: { m: MeetingView }) {
  return (
    <>
      {m.can.edit === true && (
        <Link className="button" to="/record" search={{ edit: m.id } as never}>
          修改
        </Link>
      )}
      {!m.hidden && <PaperLinks label="会议记录" of={(format) => downloadOf('meetings.minutes', { id: m.id, format })} />}
      {!m.hidden && m.state !== 'cancelled' && (
        <PaperLinks label="纪要" of={(format) => downloadOf('meetings.summary', { id: m.id, format })} />
      )}
    </>
  )
}

function Attendance({ m }: { m: MeetingView }) {
  const away = m.attendance.filter((a) => !a.present)
  const without = m.attendance.filter((a) => !a.entitled)
  return (
    <section className="card">
      <header>
        <h2>到会</h2>
        <span className="small t2">应到按 {dateText(m.heldOn)}名册计算</span>
      </header>
      <div className="inside stack">
        <div className="tiles">
          <Figure name="应到" value={m.expected} note={twoFigures(m.fileExpected, m.rosterExpected)} />
          <Figure name="实到" value={m.present} />
          {m.entitled !== null && <Figure name="有表决权应到" value={m.entitled} />}
          {m.entitledPresent !== null && <Figure name="有表决权实到" value={m.entitledPresent} />}
        </div>
        {m.quorum && <Quorate check={m.quorum} gotName="有表决权实到" />}
        <dl className="facts-list">
          <dt>主持人</dt>
          <dd>{m.chair.name || '未记'}</dd>
          <dt>记录人</dt>
          <dd>{m.recorder.name || '未记'}</dd>
          {m.teller && (
            <>
              <dt>计票、监票</dt>
              <dd>
                {m.teller.name}、{m.scrutineer?.name}
              </dd>
            </>
          )}
          <dt>缺席</dt>
          <dd>
            {away.map((a) => `${a.name}（${[ABSENCES[a.reason as Absence], a.note].filter(Boolean).join('，')}）`).join('、') || '没有'}
          </dd>
          {without.length > 0 && (
            <>
              <dt>没有表决权</dt>
              <dd>{without.map((a) => `${a.name}（${a.why}）`).join('、')}</dd>
            </>
          )}
          {m.observers.length > 0 && (
            <>
              <dt>列席</dt>
              <dd>{m.observers.join('、')}</dd>
            </>
          )}
        </dl>
        {m.attendance.length > 0 && (
          <details>
            <summary className="small dai">逐人看应到名单（{m.attendance.length} 人）</summary>
            <p className="small t2">{m.attendance.map((a) => `${a.name}${a.present ? '' : '（缺席）'}`).join('、')}</p>
          </details>
        )}
      </div>
    </section>
  )
}

/** What was laid before the meeting: it came over from the plan. */
const Papers = ({ m }: { m: MeetingView }) => (
  <section className="card">
    <header>
      <h2>会议材料</h2>
      <span className="small t2">安排会议时附的</span>
    </header>
    <div className="inside stack">
      {m.papers.map(({ topic, files }) => (
        <div key={topic}>
          <p className="small t2">{topic}</p>
          <FileLinks files={files} />
        </div>
      ))}
    </div>
  </section>
)

/** Both figures where a ledger and the roster disagree. */
const twoFigures = (file: number | null, roster: number | null): string | undefined =>
  file !== null && roster !== null && file !== roster ? `台账 ${file}，名册 ${roster}` : undefined

const Figure = ({ name, value, note }: { name: string; value: number; note?: string | undefined }) => (
  <div className="tile">
    <small>{name}</small>
    <b>{value}</b>
    {note && <small>{note}</small>}
  </div>
)
