import { useState } from 'react'
import { addDays, today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import { marksText, periodName, type Recalculation, type Run } from './words.ts'

interface Props {
  run: Run
  onClose: () => void
}
const kickerOf = (run: Run) => `${run.schemeName} · ${periodName(run.period)}`

/** The committee's resolution: its meeting and its number. */
export function ResolveForm({ run, onClose }: Props) {
  const [documentNo, setDocumentNo] = useState('')
  const [meetingId, setMeetingId] = useState('')
  const { data } = useRead('meetings.list', { orgId: run.orgId, limit: 50 })
  const own = (data?.items ?? []).filter((m) => m.orgId === run.orgId)
  return (
    <PanelForm
      name="evaluation.resolveRun"
      open
      onClose={onClose}
      kicker={kickerOf(run)}
      title="登记党委对结果的决议"
      note="研究的是核对完、申诉办结以后的结果。决议的会议和文号都记在结果上。"
      input={() =>
        meetingId === ''
          ? '请选研究考核结果的会议；还没有记的，先记这次会议'
          : documentNo.trim().length < 2
            ? '请填写决议的文号'
            : { id: run.id, version: run.version, documentNo, meetingId }
      }
      submit="登记决议"
      done="决议已登记，存入账本"
    >
      {(problems) => (
        <>
          <Choice
            label="研究考核结果的会议"
            value={meetingId || null}
            options={Object.fromEntries(own.map((m) => [m.id, `${dateText(m.heldOn)} ${m.title}`]))}
            onChange={setMeetingId}
            problem={problems.meetingId}
          />
          <TextLine label="文号" value={documentNo} onChange={setDocumentNo} problem={problems.documentNo} max={100} />
        </>
      )}
    </PanelForm>
  )
}

/** Shows the result to all for a week or more. */
export function AnnounceForm({ run, onClose }: Props) {
  const [until, setUntil] = useState<string | null>(addDays(today(), 7))
  return (
    <PanelForm
      name="evaluation.announceRun"
      open
      onClose={onClose}
      kicker={kickerOf(run)}
      title="公示考核结果"
      note="公示期内被考核的组织仍可申诉；申诉成立并重算的，要重新研究、重新公示。"
      input={() => (until ? { id: run.id, version: run.version, until } : '请填公示截止日期')}
      submit="开始公示"
      done="已开始公示，存入账本"
    >
      {(problems) => (
        <LabelledDate label="公示到哪天" value={until} onChange={setUntil} problem={problems.until} hint="一般不少于 5 个工作日" />
      )}
    </PanelForm>
  )
}

/** What the corrected records change, before anything is stored. */
export function RecalculateForm({ run, onClose }: Props) {
  const { data, error, isPending } = useRead('evaluation.recalculation', { id: run.id })
  return (
    <PanelForm
      name="evaluation.recalculateRun"
      open
      onClose={onClose}
      kicker={kickerOf(run)}
      title="按更正后的记录重算"
      note="只有申诉成立的组织按现在的记录算；其他组织仍按冻结时的账本号算，不会悄悄改变。"
      input={() => ({ id: run.id, version: run.version })}
      submit="存入重算结果"
      done="已重算，前后分数都存入账本"
    >
      {() => (error ? <ErrorCard error={error} /> : isPending ? <Skeleton lines={4} doing="正在重算" /> : <Changes data={data} />)}
    </PanelForm>
  )
}

const Changes = ({ data }: { data: Recalculation }) =>
  data.changes.length === 0 ? (
    <p className="note hu">重算后没有变化。请先更正有误的会议记录或填报，再回来重算；核对后确实不变的，可以照此存入。</p>
  ) : (
    <ul className="ev-lines">
      {data.changes.map((c) => (
        <li key={c.orgId}>
          <span className="row between">
            <b>{c.orgName}</b>
            <BeforeAfter change={c} />
          </span>
          <span className="small t2">{c.items.map((i) => `${i.name} ${i.before ?? '未定'} → ${i.after ?? '未定'}`).join('；')}</span>
        </li>
      ))}
    </ul>
  )

/** 85.00 → 87.00，等次 一般 → 较好. */
export const BeforeAfter = ({ change: c }: { change: Omit<Recalculation['changes'][number], 'orgId' | 'orgName'> }) => (
  <span className="nowrap">
    <span className="t3">{marksText(c.scoreBefore)} →</span> <b>{marksText(c.scoreAfter)}</b>
    {c.gradeBefore !== c.gradeAfter && (
      <span>
        ，{c.gradeBefore ?? '未定'} → <b>{c.gradeAfter ?? '未定'}</b>
      </span>
    )}
  </span>
)
