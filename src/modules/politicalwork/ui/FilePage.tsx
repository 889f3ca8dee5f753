import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { useSession } from '#web/session.ts'
import { countText, dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { ENGAGEMENTS, HEADINGS, type StaffRow, TRAININGS } from '../contract.ts'
import { EndForm, TrainForm } from './StaffForms.tsx'
import './politicalwork.css'

type File = Api['politicalwork.file']['output']
type HeadingOf = File['headings'][number]

/** One's own file: what is kept, and the nine headings to write under. */
export function MyFilePage() {
  const { account } = useSession()
  return (
    <>
      <PageTitle conclusion="我的政工档案" crumb="我的" note="左边是你自己写的，右边是记录里有的；没有人给这些打分，也不排名。" />
      {account.personId ? <PersonFile personId={account.personId} /> : <Empty why="这个账号没有对应的人。" />}
    </>
  )
}

/** The file of somebody who does political work; `service` where it stands beside the list. */
export function PersonFile({ personId, service }: { personId: string; service?: StaffRow }) {
  const { data: file, error, refetch } = useRead('politicalwork.file', { personId })
  const [doing, setDoing] = useState<'train' | 'end' | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!file) return <Skeleton lines={8} />
  const close = () => setDoing(null)
  return (
    <div className="stack">
      <Services file={file} />
      {service?.can.manage && (
        <div className="row wrap">
          <button type="button" className="button small" onClick={() => setDoing('train')}>
            登记培训和证书
          </button>
          <button type="button" className="button small" onClick={() => setDoing('end')}>
            结束或撤回
          </button>
        </div>
      )}
      <Trainings file={file} />
      <section className={service ? '' : 'card inside'} aria-label="九个方面">
        <h3>九个方面</h3>
        <p className="small t3">
          右边的记录从{dateText(file.from)}数到{dateText(file.to)}
        </p>
        <ul className="political-headings">
          {file.headings.map((h) => (
            <HeadingLine key={h.heading} heading={h} can={file.can.write} />
          ))}
        </ul>
      </section>
      {doing === 'train' && service && <TrainForm service={service} onClose={close} />}
      {doing === 'end' && service && <EndForm service={service} onClose={close} />}
    </div>
  )
}

const Services = ({ file }: { file: File }) => (
  <ul className="stack political-services">
    {file.services.map((s) => (
      <li key={s.id}>
        <span className="strong">
          {s.orgName}，{s.duty}
        </span>
        <span className="tag">{ENGAGEMENTS[s.engagement]}</span>
        <br />
        <span className="small t2">
          {dateText(s.from)}起{s.until ? `，到${dateText(s.until)}` : `，管 ${s.orgs} 个党组织、${countText(s.members)} 名党员`}
        </span>
      </li>
    ))}
  </ul>
)

function Trainings({ file }: { file: File }) {
  if (file.trainings.length === 0) return <p className="small t3">没有登记培训和证书。</p>
  return (
    <ul className="political-trainings" aria-label="培训和证书">
      {file.trainings.map((t) => (
        <li key={t.id}>
          <span className="grow">
            {TRAININGS[t.kind]}：{t.title}
            <span className="small t3">
              ，{t.issuer}，{dateText(t.on)}
              {t.hours !== null && `，${t.hours} 学时`}
              {t.validUntil && `，有效到${dateText(t.validUntil)}`}
            </span>
            {t.expired && <span className="tag">已过有效期</span>}
          </span>
          {file.can.manage && (
            <StepButton name="politicalwork.dropTraining" kind="small" label="记错了" input={{ id: t.id }} can done="已撤回" />
          )}
        </li>
      ))}
    </ul>
  )
}

function HeadingLine({ heading: h, can }: { heading: HeadingOf; can: boolean }) {
  const [writing, setWriting] = useState(false)
  return (
    <li>
      <h4>{HEADINGS[h.heading]}</h4>
      <div className="political-words">
        {h.words ? (
          <p>
            {h.words.text}
            <br />
            <span className="small t3">{dateText(h.words.on)}写</span>
          </p>
        ) : (
          <p className="small t3">{can ? '还没有写' : '本人没有写'}</p>
        )}
        {can && (
          <button type="button" className="button text small" onClick={() => setWriting(true)}>
            {h.words ? '改写' : '写一段'}
            <span className="hidden-text">：{HEADINGS[h.heading]}</span>
          </button>
        )}
      </div>
      <ul className="political-lines">
        {h.lines.map(({ says, open }) => (
          <li key={says}>{open ? <Link to={open as '/'}>{says}</Link> : says}</li>
        ))}
        {h.lines.length === 0 && <li className="small t3">系统里没有这方面的记录</li>}
      </ul>
      {writing && <WriteForm heading={h} onClose={() => setWriting(false)} />}
    </li>
  )
}

function WriteForm({ heading: h, onClose }: { heading: HeadingOf; onClose: () => void }) {
  const [text, setText] = useState(h.words?.text ?? '')
  return (
    <PanelForm
      name="politicalwork.write"
      open
      onClose={onClose}
      title={HEADINGS[h.heading]}
      note="写自己做了什么、准备怎么做；只有你、本单位书记和党务干部看得到"
      input={() => (text.trim().length < 2 ? '请写几句' : { heading: h.heading, version: h.words?.version ?? 0, text })}
      submit="存下这一段"
      done="已存入"
    >
      {(problems) => <TextArea label="自己的话" value={text} onChange={setText} problem={problems.text} rows={6} max={1000} />}
    </PanelForm>
  )
}
