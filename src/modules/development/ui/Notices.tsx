import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import { NOTICE_RESULTS, NOTICES, type NoticeAbout, type NoticeResult } from '../contract.ts'
import type { Course, Step } from './CoursePage.tsx'

/** The 公示 that belongs to a step: since when, where, and what came of it. Nothing for other steps. */
export function Notices({ course, step }: { course: Course; step: Step }) {
  const [doing, setDoing] = useState<'post' | string | null>(null)
  const about = (Object.keys(NOTICES) as NoticeAbout[]).find((key) => NOTICES[key].before === step.no)
  if (!about) return null
  const mine = course.notices.filter((n) => n.about === about)
  const good = mine.some(({ result }) => result === 'none' || result === 'unfounded')
  const running = mine.find(({ result }) => result === null)
  const open = course.can.manage && step.state !== 'done' && step.state !== 'paper'
  const close = () => setDoing(null)
  return (
    <section className="course-record" aria-label={NOTICES[about].title}>
      <h3>{NOTICES[about].title}</h3>
      {mine.map((n) => (
        <p key={n.id}>
          {dateText(n.from)}至{dateText(n.until)}，{n.workingDays} 个工作日，{n.place}。
          {n.result
            ? `${dateText(n.resultOn!)}：${NOTICE_RESULTS[n.result]}${n.resultNote && `（${n.resultNote}）`}`
            : '公示中，还没有登记结果'}
        </p>
      ))}
      {mine.length === 0 && (
        <p className="small t2">
          {course.noticeRule.source
            ? `本单位规定先公示不少于 ${course.noticeRule.days} 个工作日（${course.noticeRule.source}）`
            : '本单位没有规定必须公示；公示了的在这里登记'}
        </p>
      )}
      {open && (
        <div className="row wrap">
          {running?.canClose && (
            <button type="button" className="button small" onClick={() => setDoing(running.id)}>
              登记公示结果
            </button>
          )}
          {!running && !good && (
            <button type="button" className="button small" onClick={() => setDoing('post')}>
              登记公示
            </button>
          )}
        </div>
      )}
      {doing === 'post' && <PostForm course={course} about={about} onClose={close} />}
      {doing !== null && doing !== 'post' && <ResultForm course={course} about={about} noticeId={doing} onClose={close} />}
    </section>
  )
}

function PostForm({ course, about, onClose }: { course: Course; about: NoticeAbout; onClose: () => void }) {
  const [from, setFrom] = useState<string | null>(today())
  const [until, setUntil] = useState<string | null>(null)
  const [place, setPlace] = useState('')
  const input = () => {
    if (!from) return '请填从哪一天起公示'
    if (!place.trim()) return '请写公示在哪里，例如：支部公示栏'
    return { id: course.id, version: course.version, about, from, ...(until ? { until } : {}), place }
  }
  return (
    <PanelForm
      name="development.postNotice"
      open
      onClose={onClose}
      kicker={course.name}
      title={NOTICES[about].title}
      note={`不少于 ${course.noticeRule.days} 个工作日，含第一天；按放假和调休安排算`}
      input={input}
      submit="登记公示"
      done="公示已登记"
    >
      {(problems) => (
        <>
          <LabelledDate label="从哪一天起" value={from} onChange={setFrom} problem={problems.from} />
          <LabelledDate
            label={`到哪一天（不填按 ${course.noticeRule.days} 个工作日）`}
            value={until}
            onChange={setUntil}
            problem={problems.until}
          />
          <TextLine label="公示在哪里" value={place} onChange={setPlace} problem={problems.place} max={100} />
        </>
      )}
    </PanelForm>
  )
}

function ResultForm({ course, about, noticeId, onClose }: { course: Course; about: NoticeAbout; noticeId: string; onClose: () => void }) {
  const [result, setResult] = useState<NoticeResult | null>('none')
  const [on, setOn] = useState<string | null>(today())
  const [note, setNote] = useState('')
  return (
    <PanelForm
      name="development.closeNotice"
      open
      onClose={onClose}
      kicker={course.name}
      title={`${NOTICES[about].title}的结果`}
      note="公示期满以后登记；不写反映人的姓名"
      input={() => (result && on ? { id: course.id, version: course.version, noticeId, result, on, note } : '请选结果、填日期')}
      submit="存入结果"
      done="公示结果已存入"
    >
      {(problems) => (
        <>
          <Choice label="结果" value={result} options={NOTICE_RESULTS} onChange={setResult} problem={problems.result} />
          <LabelledDate label="哪一天" value={on} onChange={setOn} problem={problems.on} />
          {result !== 'none' && (
            <TextArea label="反映了什么、怎样核查的" value={note} onChange={setNote} problem={problems.note} max={500} rows={3} />
          )}
        </>
      )}
    </PanelForm>
  )
}
