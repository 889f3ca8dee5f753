import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import { ATTENDS, type Attends, COMMON_KINDS } from '../contract.ts'
import './meetings.css'
import type { OwnKind } from './ownKinds.ts'

/** 会议类别: the common ones, and those that this unit or one above it added. */
export function KindsPage() {
  const { org } = useOrg()
  const [editing, setEditing] = useState<OwnKind | 'new'>()
  const { data, error, refetch } = useRead('meetings.ownKinds', { orgId: org?.id ?? '' }, { enabled: org !== undefined })
  const standing = data?.items.filter((k) => k.retiredOn === null).length ?? 0
  return (
    <>
      <PageTitle
        conclusion={standing > 0 ? `本单位自设 ${standing} 类会议` : '会议类别'}
        crumb="会议类别"
        note="自设的类别本级和下级都能用，照样安排、签到、记录、进手册；它本身不算“三会一课”等应办事项。"
        actions={
          data?.can.add && (
            <button type="button" className="button primary" onClick={() => setEditing('new')}>
              <Icon name="plus" weight={2} /> 增加一类
            </button>
          )
        }
      />
      {!org ? (
        <Empty why="你还没有所在的党组织，这里没有可看的。" />
      ) : error ? (
        <ErrorCard error={error} again={refetch} />
      ) : !data ? (
        <Skeleton lines={6} />
      ) : (
        <div className="stack">
          <section className="card" aria-label="自设的会议类别">
            <header>
              <h2>自设的</h2>
            </header>
            {data.items.length === 0 ? (
              <Empty why="还没有自设的会议类别。" later="制度里有、通用类别里没有的会，可以加在这里。" />
            ) : (
              <ul className="lines roomy">
                {data.items.map((k) => (
                  <Kind key={k.id} kind={k} mine={k.orgId === org.id} onEdit={() => setEditing(k)} />
                ))}
              </ul>
            )}
          </section>
          <section className="card" aria-label="通用的会议类别">
            <header>
              <h2>通用的</h2>
              <span className="small t2">按规定设置，不能改名和停用</span>
            </header>
            <p className="inside">{Object.values(COMMON_KINDS).join('、')}</p>
          </section>
        </div>
      )}
      {editing && org && (
        <KindForm orgId={org.id} orgName={org.name} of={editing === 'new' ? undefined : editing} onClose={() => setEditing(undefined)} />
      )}
    </>
  )
}

function Kind({ kind: k, mine, onEdit }: { kind: OwnKind; mine: boolean; onEdit: () => void }) {
  return (
    <li>
      <span className="grow">
        <b>{k.name}</b>
        {k.former.map((f) => (
          <span key={f.until} className="small t3">
            {' '}
            原名「{f.name}」，{dateText(f.until)}改
          </span>
        ))}
        <br />
        <span className="small t2">
          {mine ? '本组织设' : `${k.orgName}设`} · {ATTENDS[k.attends].title}参加 · {k.votes ? '可以表决，核对到会人数' : '不表决'}
          {k.agenda.length > 0 && ` · 议程：${k.agenda.map((i) => i.topic).join('、')}`}
        </span>
      </span>
      {k.retiredOn && <Status kind="calm">已停用</Status>}
      {k.can && !k.retiredOn && (
        <span className="row wrap">
          <button type="button" className="button small" onClick={onEdit}>
            改名、改议程
          </button>
          <StepButton
            kind="danger"
            name="meetings.retireOwnKind"
            label="停用"
            input={{ id: k.id, version: k.version }}
            can
            warn={`停用后不能再安排「${k.name}」；记过的会不变。`}
            done="已停用"
          />
        </span>
      )}
    </li>
  )
}

const VOTES = { no: '不表决', yes: '可以表决' } as const
const WHO = Object.fromEntries(Object.entries(ATTENDS).map(([key, { title }]) => [key, title])) as Record<Attends, string>

function KindForm({ orgId, orgName, of, onClose }: { orgId: string; orgName: string; of: OwnKind | undefined; onClose: () => void }) {
  const [name, setName] = useState(of?.name ?? '')
  const [attends, setAttends] = useState<Attends>('all')
  const [votes, setVotes] = useState<keyof typeof VOTES>('no')
  const [agenda, setAgenda] = useState(of?.agenda.map((i) => i.topic).join('\n') ?? '')
  const input = () => {
    if (name.trim().length < 2) return '请写会议类别的名称'
    const items = agenda
      .split('\n')
      .map((topic) => ({ topic: topic.trim(), papers: of?.agenda.find((i) => i.topic === topic.trim())?.papers ?? [] }))
      .filter((i) => i.topic !== '')
    return of ? { id: of.id, version: of.version, name, agenda: items } : { orgId, name, attends, votes: votes === 'yes', agenda: items }
  }
  return (
    <PanelForm
      name={of ? 'meetings.changeOwnKind' : 'meetings.addOwnKind'}
      open
      onClose={onClose}
      kicker={of ? of.orgName : orgName}
      title={of ? '改名、改议程' : '增加一类会议'}
      note={
        of
          ? '以前记的会仍显示当时的名称。参加的人和能否表决不能改；要改的，停用后另加一类。'
          : '参加的人和能否表决定下后不能改，以免以前的记录跟着变。'
      }
      input={input}
      submit={of ? '存下修改' : '增加这一类'}
      done={of ? '已修改' : '已增加'}
    >
      {(problems) => (
        <>
          <TextLine label="名称" value={name} onChange={setName} problem={problems.name} max={30} hint="如：班前学习会、党员责任区碰头会" />
          {!of && (
            <>
              <Segments label="谁参加" value={attends} options={WHO} onChange={setAttends} />
              <Segments label="表决" value={votes} options={VOTES} onChange={setVotes} />
            </>
          )}
          <TextArea
            label="议程模板（一行一项，可不填）"
            value={agenda}
            onChange={setAgenda}
            problem={problems.agenda}
            max={4000}
            rows={4}
          />
        </>
      )}
    </PanelForm>
  )
}
