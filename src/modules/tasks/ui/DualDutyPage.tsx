import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { COMMON_KINDS, type MeetingKind } from '#modules/meetings/contract.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { YearPick } from '#web/parts/YearPick.tsx'
import type { Api } from '../../../platform.ts'
import { COUNTED, type DutyItem, SIDES } from '../contract.ts'
import { DutyItems } from './DutyItems.tsx'
import { GiveForm } from './GiveForm.tsx'
import './tasks.css'

type Leader = Api['tasks.dualDuties']['output']['leaders'][number]

/** 一岗双责: the lists of an organisation's leaders for a year, with progress from the records. */
export function DualDutyPage() {
  const { org } = useOrg()
  const [{ year = Number(today().slice(0, 4)) }, go] = useAddress<{ year?: number }>()
  const [adding, setAdding] = useState(false)
  const [giving, setGiving] = useState<DutyItem>()
  const { data, error, refetch } = useRead('tasks.dualDuties', { orgId: org?.id ?? '', year }, { enabled: org !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可看的清单。" />
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={8} />
  const people = [...Map.groupBy(data.items, (i) => i.personId)]
  const done = data.items.filter((i) => i.done >= i.target).length
  return (
    <>
      <PageTitle
        conclusion={
          data.items.length === 0 ? `${year} 年还没有一岗双责清单` : `${people.length} 人 ${data.items.length} 项，完成 ${done} 项`
        }
        note={`${org.name}班子成员的年度清单。进度由会议记录和任务算出，本人不用填报。`}
        actions={
          <>
            <YearPick year={year} onChange={(y) => go({ year: y })} />
            {data.leaders.length > 0 && (
              <button type="button" className="button primary" onClick={() => setAdding(true)}>
                <Icon name="plus" weight={2} /> 列入一项
              </button>
            )}
          </>
        }
      />
      <div className="stack">
        {people.length === 0 && (
          <section className="card">
            <Empty why="清单还是空的。" later="给班子成员列入的每一项和它的进度会出现在这里。" />
          </section>
        )}
        {people.map(([id, items]) => (
          <section key={id} className="card" aria-label={items[0]!.personName}>
            <header>
              <h2>{items[0]!.personName}</h2>
              <span className="small t2">{items.length} 项</span>
            </header>
            <DutyItems items={items} editable onGive={setGiving} />
          </section>
        ))}
      </div>
      {giving && <GiveForm orgId={org.id} orgName={org.name} under={giving} onClose={() => setGiving(undefined)} />}
      {adding && <AdoptForm orgId={org.id} orgName={org.name} year={year} leaders={data.leaders} onClose={() => setAdding(false)} />}
    </>
  )
}

interface Props {
  orgId: string
  orgName: string
  year: number
  leaders: readonly Leader[]
  onClose: () => void
}

function AdoptForm({ orgId, orgName, year, leaders, onClose }: Props) {
  const [person, setPerson] = useState<string | null>(null)
  const [side, setSide] = useState<keyof typeof SIDES>('party')
  const [text, setText] = useState('')
  const [counted, setCounted] = useState<keyof typeof COUNTED>('meetingsAttended')
  const [kind, setKind] = useState<MeetingKind | null>(null)
  const [target, setTarget] = useState('')
  const input = () => {
    if (!person) return '请选给谁列'
    if (text.trim().length < 2) return '请写清负什么责'
    if (counted === 'meetingsAttended' && !kind) return '请选按哪类会议算'
    if (!/^\d{1,3}$/.test(target) || Number(target) < 1) return '请填一年要几次（几件），填整数'
    return {
      orgId,
      personId: person,
      year,
      side,
      text,
      counted,
      meetingKind: counted === 'meetingsAttended' ? kind : null,
      target: Number(target),
    }
  }
  return (
    <PanelForm
      name="tasks.adoptDutyItem"
      open
      onClose={onClose}
      kicker={`${orgName} ${year} 年`}
      title="列入一岗双责清单"
      note="选好按什么记录算，进度以后自动得出。"
      input={input}
      submit="列入清单"
      done="已列入"
    >
      {(problems) => (
        <>
          <Choice
            label="给谁"
            value={person}
            options={Object.fromEntries(leaders.map((l) => [l.id, `${l.name}（${l.post}）`]))}
            onChange={setPerson}
            problem={problems.personId}
          />
          <Segments label="哪一方面" value={side} options={SIDES} onChange={setSide} />
          <TextLine label="负什么责" value={text} onChange={setText} problem={problems.text} max={300} />
          <Segments label="按什么记录算" value={counted} options={COUNTED} onChange={setCounted} />
          {counted === 'meetingsAttended' && (
            <Choice
              label="哪类会议"
              value={kind}
              options={COMMON_KINDS as Record<MeetingKind, string>}
              onChange={setKind}
              problem={problems.meetingKind}
            />
          )}
          <TextLine
            label={counted === 'tasksClosed' ? '一年办结几件' : '一年几次'}
            value={target}
            onChange={setTarget}
            problem={problems.target}
            max={3}
          />
        </>
      )}
    </PanelForm>
  )
}
