import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { OrgPicker } from '#web/parts/OrgPicker.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import type { ChecklistItem } from '../contract.ts'
import './standards.css'

const LOOKS = {
  met: { kind: 'done', words: '做到了' },
  unmet: { kind: 'late', words: '有差距' },
  unknown: { kind: 'note', words: '没有看过' },
} as const

/** 标准化: what a branch's standard asks; the records answer what they can, the rest somebody has looked at on a day. */
export function ChecklistPage() {
  const { org, choose } = useOrg()
  const [marking, setMarking] = useState<ChecklistItem>()
  const { data, error, refetch } = useRead('standards.checklist', { orgId: org?.id ?? '' }, { enabled: org !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织。" />
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={10} />
  if (!data.isBranch)
    return (
      <>
        <PageTitle conclusion="先选一个支部，再看它的标准化检查表" note="各支部的设置问题列在「设置检查」。" />
        <div className="card inside">
          <OrgPicker label="支部" value={null} onChange={(to) => to && choose({ id: to.id, name: to.name, kind: 'partyBranch' })} />
        </div>
      </>
    )
  const from = (where: ChecklistItem['from']) => data.items.filter((i) => i.from === where)
  const met = data.items.filter((i) => i.state === 'met').length
  const unseen = data.items.filter((i) => i.state === 'unknown').length
  const unmet = data.items.filter((i) => i.state === 'unmet').length
  return (
    <>
      <PageTitle
        conclusion={
          unmet > 0
            ? `${data.items.length} 项里有 ${unmet} 项有差距`
            : `${data.items.length} 项里 ${met} 项做到了${unseen > 0 ? `，${unseen} 项还没有看过` : '，没有差距'}`
        }
        note={`${org.name}，截至${dateText(data.day)}。系统里有记录的自动回答，不用另外填；其余到现场看过再登记，不打分、不排名。`}
      />
      <div className="stack">
        <Items title="由记录回答" items={from('records')} />
        <Items title="现场看过再登记" items={from('hand')} {...(data.can.mark ? { onMark: setMarking } : {})} />
      </div>
      {marking && <MarkForm orgId={org.id} orgName={org.name} item={marking} onClose={() => setMarking(undefined)} />}
    </>
  )
}

interface ItemsProps {
  title: string
  items: readonly ChecklistItem[]
  onMark?: (item: ChecklistItem) => void
}

const Items = ({ title, items, onMark }: ItemsProps) => (
  <section className="card" aria-label={title}>
    <header>
      <h2>{title}</h2>
      <span className="small t2">
        {items.filter((i) => i.state === 'met').length}/{items.length}
      </span>
    </header>
    <ul className="lines">
      {items.map((i) => (
        <li key={i.key} className="std-item">
          <span className="grow">
            <b>{i.title}</b>
            <span className="std-line">{i.says}</span>
            <small className="t3 std-line">{i.source}</small>
          </span>
          <Status kind={LOOKS[i.state].kind}>{LOOKS[i.state].words}</Status>
          {i.open && (
            <Link
              className="button small"
              to={i.open.split('?')[0]!}
              search={Object.fromEntries(new URLSearchParams(i.open.split('?')[1])) as never}
            >
              看记录<span className="hidden-text">：{i.title}</span>
            </Link>
          )}
          {onMark && (
            <button type="button" className="button small" onClick={() => onMark(i)}>
              {i.state === 'unknown' ? '登记' : '再看一次'}
              <span className="hidden-text">：{i.title}</span>
            </button>
          )}
        </li>
      ))}
    </ul>
  </section>
)

function MarkForm({ orgId, orgName, item, onClose }: { orgId: string; orgName: string; item: ChecklistItem; onClose: () => void }) {
  const [met, setMet] = useState<'yes' | 'no'>('yes')
  const [seenOn, setSeenOn] = useState<string | null>(today())
  const [note, setNote] = useState('')
  return (
    <PanelForm
      name="standards.mark"
      open
      onClose={onClose}
      kicker={orgName}
      title={item.title}
      note={item.source}
      input={() => {
        if (!seenOn) return '请填哪一天看的'
        if (met === 'no' && note.trim().length < 2) return '没有做到的，请写明差什么'
        return { orgId, item: item.key, version: item.version, met: met === 'yes', seenOn, note }
      }}
      submit="存下这一项"
      done="已登记"
    >
      {(problems) => (
        <>
          <Segments label="看到的" value={met} options={{ yes: '做到了', no: '有差距' }} onChange={setMet} />
          <LabelledDate label="哪一天看的" value={seenOn} onChange={setSeenOn} problem={problems.seenOn} />
          <TextLine
            label={met === 'yes' ? '说明' : '差什么'}
            value={note}
            onChange={setNote}
            problem={problems.note}
            hint={met === 'yes' ? '可以不写' : '照着就能改'}
            max={300}
          />
        </>
      )}
    </PanelForm>
  )
}
