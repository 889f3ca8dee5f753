import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import type { TopicView } from '../contract.ts'
import { Pick } from './Pick.tsx'
import { listed } from './planForm.ts'

/** The topics of the 中心组's year: month, speaker, papers, the sessions that took them up, and what was drawn from them. */
export function TopicsPart({ orgId, year }: { orgId: string; year: number }) {
  const [{ open = false }, choose] = useAddress<{ open?: boolean }>()
  const [editing, setEditing] = useState<TopicView | 'new'>()
  const { data, error, refetch } = useRead('meetings.topics', { orgId, year })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={6} />
  const standing = data.items.filter((t) => t.droppedOn === null)
  const waiting = standing.filter((t) => t.held.length === 0)
  const shown = open ? waiting : data.items
  return (
    <>
      <div className="list-tools row wrap">
        <span className="small t2 topic-counts">
          列入 {standing.length} 个专题，{waiting.length === 0 && standing.length > 0 ? '都已学习' : `${waiting.length} 个还没有学习`}
        </span>
        <label className="row small">
          <input type="checkbox" checked={open} onChange={(e) => choose({ open: e.target.checked || undefined })} />
          只看还没有学习的
        </label>
        {data.can.manage && (
          <button type="button" className="button small" onClick={() => setEditing('new')}>
            <Icon name="plus" size={14} /> 列入一个专题
          </button>
        )}
      </div>
      {shown.length === 0 ? (
        <div className="list-empty">
          <Empty
            done={open}
            why={open ? '列入的专题都学过了。' : `${year} 年还没有列入学习专题。`}
            later="列入的专题，安排中心组学习时会自动带进议程。"
          />
        </div>
      ) : (
        <ul className="lines roomy">
          {shown.map((t) => (
            <Topic key={t.id} t={t} manage={data.can.manage} onEdit={() => setEditing(t)} />
          ))}
        </ul>
      )}
      {editing && (
        <TopicForm
          orgId={orgId}
          year={year}
          of={editing === 'new' ? undefined : editing}
          speakers={data.speakers}
          onClose={() => setEditing(undefined)}
        />
      )}
    </>
  )
}

function Topic({ t, manage, onEdit }: { t: TopicView; manage: boolean; onEdit: () => void }) {
  const about = [`${t.month} 月`, t.speakerName && `主讲 ${t.speakerName}`, t.papers.length > 0 && `材料：${t.papers.join('、')}`]
  return (
    <li>
      <span className="grow">
        <b>{t.title}</b>
        <br />
        <span className="small t2">{about.filter(Boolean).join(' · ')}</span>
        {(t.held.length > 0 || t.planned.length > 0) && (
          <span className="row wrap small">
            {t.held.map((s) => (
              <Link key={s.id} to={s.open as never}>
                {dateText(s.on)}学习
              </Link>
            ))}
            {t.planned.map((s) => (
              <Link key={s.id} to={s.open as never}>
                已安排 {dateText(s.on)}
              </Link>
            ))}
            {t.measures > 0 && (
              <span className="t2">
                落实措施 {t.measures} 件，办结 {t.done} 件
              </span>
            )}
          </span>
        )}
      </span>
      <Status kind={t.droppedOn ? 'calm' : t.held.length > 0 ? 'done' : 'soon'}>
        {t.droppedOn ? '已取消' : t.held.length > 0 ? '已学习' : t.planned.length > 0 ? '已安排' : '还没有学习'}
      </Status>
      {manage && !t.droppedOn && (
        <span className="row wrap">
          {t.held.length === 0 && t.planned.length === 0 && (
            <Link className="button small" to="/meetings/plan" search={{ kind: 'centerGroupStudy' } as never}>
              安排学习
            </Link>
          )}
          <button type="button" className="button small" onClick={onEdit}>
            修改
          </button>
          {t.held.length === 0 && (
            <StepButton
              kind="small"
              name="meetings.dropTopic"
              label="取消专题"
              input={{ id: t.id, version: t.version }}
              can
              done="已取消"
            />
          )}
        </span>
      )}
    </li>
  )
}

const MONTHS = Array.from({ length: 12 }, (_, i) => ({ id: String(i + 1), name: `${i + 1} 月` }))

interface FormProps {
  orgId: string
  year: number
  of: TopicView | undefined
  speakers: { id: string; name: string }[]
  onClose: () => void
}

function TopicForm({ orgId, year, of, speakers, onClose }: FormProps) {
  const [month, setMonth] = useState<string | null>(of ? String(of.month) : null)
  const [title, setTitle] = useState(of?.title ?? '')
  const [speakerId, setSpeakerId] = useState(of?.speakerId ?? null)
  const [speaker, setSpeaker] = useState(of?.speaker ?? '')
  const [papers, setPapers] = useState(of?.papers.join('、') ?? '')
  const input = () => {
    if (title.trim().length < 2) return '请写学习专题'
    if (!month) return '请选月份'
    const topic = { title, month: Number(month), speakerId, speaker: speakerId ? '' : speaker, papers: listed(papers) }
    return of ? { id: of.id, version: of.version, ...topic } : { orgId, year, ...topic }
  }
  return (
    <PanelForm
      name={of ? 'meetings.changeTopic' : 'meetings.addTopic'}
      open
      onClose={onClose}
      kicker={`${year} 年中心组学习`}
      title={of ? '修改专题' : '列入一个专题'}
      input={input}
      submit={of ? '存下修改' : '列入清单'}
      done={of ? '已修改' : '已列入'}
    >
      {(problems) => (
        <>
          <TextLine label="学习专题" value={title} onChange={setTitle} problem={problems.title} max={200} />
          <Pick label="哪个月" value={month} options={MONTHS} onChange={setMonth} problem={problems.month} />
          <Pick label="主讲人（可不选）" value={speakerId} options={speakers} onChange={setSpeakerId} problem={problems.speakerId} />
          {!speakerId && (
            <TextLine
              label="外请主讲（可不填）"
              value={speaker}
              onChange={setSpeaker}
              problem={problems.speaker}
              max={60}
              hint="如：省委党校某教授"
            />
          )}
          <TextLine label="学习材料（用顿号隔开，可不填）" value={papers} onChange={setPapers} problem={problems.papers} max={500} />
        </>
      )}
    </PanelForm>
  )
}
