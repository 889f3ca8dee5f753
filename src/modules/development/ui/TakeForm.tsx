import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import type { FileCard } from '#modules/files/contract.ts'
import { useRead } from '#web/api.ts'
import { Attach } from '#web/parts/Attach.tsx'
import { Choice } from '#web/parts/Choice.tsx'
import type { Picked } from '#web/parts/FindField.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import type { Course, Step } from './CoursePage.tsx'
import { Leaving } from './Leaving.tsx'

interface Props {
  course: Course
  step: Step
  onClose: () => void
}

/** A step as it is taken: the day, the people, the vote or the hours it needs, and which papers are in hand. */
export function TakeForm({ course, step, onClose }: Props) {
  const paper = step.state === 'paper'
  const [on, setOn] = useState<string | null>(today())
  const [first, setFirst] = useState<Picked | null>(null)
  const [second, setSecond] = useState<Picked | null>(null)
  const [voteId, setVote] = useState<string | null>(null)
  const [days, setDays] = useState('')
  const [hours, setHours] = useState('')
  const [papers, setPapers] = useState<string[]>([])
  const [place, setPlace] = useState('')
  const [note, setNote] = useState('')
  const [files, setFiles] = useState<FileCard[]>([])
  const byVote = step.needs === 'vote' && !paper
  const [leavesOn, setLeavesOn] = useState<string | null>(course.leavesOn)
  const [leavingReason, setLeavingReason] = useState('')
  const { data: votes } = useRead('development.votes', { id: course.id }, { enabled: byVote })
  const chosen = votes?.items.find(({ id }) => id === voteId)
  const failed = chosen?.quorate === true && !chosen.passed
  const wholeOr = (text: string) => (text.trim() === '' ? null : Number(text))
  const input = () => {
    if (byVote && !voteId) return '请选支部大会记录里这个人的表决'
    if (!byVote && !on) return '请填日期'
    if (failed) return { id: course.id, version: course.version, no: step.no, voteId }
    const lacking = paper ? [] : step.papers.filter((p) => !papers.includes(p))
    if (lacking.length > 0) return `还缺：${lacking.join('、')}。材料在手的打勾，不用上传`
    if ([days, hours].some((text) => text.trim() !== '' && !/^\d{1,4}$/.test(text.trim()))) return '天数和学时请填整数'
    const people = [first, second].flatMap((p) => (p ? [p.id] : []))
    return {
      id: course.id,
      version: course.version,
      no: step.no,
      ...(byVote ? { voteId } : { on }),
      people,
      days: wholeOr(days),
      hours: wholeOr(hours),
      papers,
      place,
      note,
      ...(asksLeaving ? { leavesOn, leavingReason } : {}),
      files: files.map(({ id }) => id),
    }
  }
  const asksLeaving = step.no === 15 && !paper
  return (
    <PanelForm
      name={failed ? 'development.fail' : 'development.take'}
      open
      onClose={onClose}
      kicker={course.name}
      title={`第 ${step.no} 步 ${step.title}`}
      note={step.hint}
      input={input}
      submit={paper ? '补录这一步' : failed ? '记下没有通过' : '存入记录'}
      done={failed ? '已记下：支部大会没有通过' : `「${step.title}」已存入`}
    >
      {(problems) => (
        <>
          {byVote ? (
            <>
              <Choice
                label="支部大会的表决"
                value={voteId}
                options={Object.fromEntries(
                  (votes?.items ?? []).map((v) => [
                    v.id,
                    `${dateText(v.heldOn)} ${v.topic}，赞成 ${v.inFavour}／应到 ${v.entitled}${v.passed ? '' : '（未通过）'}`,
                  ]),
                )}
                onChange={setVote}
                problem={problems.voteId}
              />
              <p className="hint">日期和票数取自会议记录。没有的，先在会议里记一项「接收预备党员、预备党员转正」的表决，逐人表决</p>
            </>
          ) : (
            <LabelledDate label="哪一天办的" value={on} onChange={setOn} problem={problems.on} />
          )}
          {failed && (
            <p className="note hu">
              这次表决没有通过：赞成 {chosen.inFavour} 票，应到 {chosen.entitled} 名。记下以后这一步不算办过，以前的记录都保留。
            </p>
          )}
          {asksLeaving && !failed && (
            <Leaving
              known={course.leavesOn}
              on={leavesOn}
              onDay={setLeavesOn}
              reason={leavingReason}
              onReason={setLeavingReason}
              problems={problems}
            />
          )}
          {(step.needs === 'mentors' || step.needs === 'sponsors') && (
            <>
              <PersonPicker
                label={step.needs === 'mentors' ? '培养联系人' : '入党介绍人'}
                value={first}
                onChange={setFirst}
                problem={problems.people}
              />
              <PersonPicker
                label={step.needs === 'mentors' ? '第二名培养联系人（可以不选）' : '第二名入党介绍人'}
                value={second}
                onChange={setSecond}
              />
            </>
          )}
          {step.needs === 'training' && (
            <>
              <TextLine
                label="天数"
                value={days}
                onChange={setDays}
                problem={problems.days}
                max={3}
                hint="不少于三天，或不少于 24 学时，填一项就行"
              />
              <TextLine label="学时" value={hours} onChange={setHours} problem={problems.hours} max={4} />
            </>
          )}
          <fieldset className="development-papers">
            <legend>材料在手（打勾）</legend>
            {step.papers.map((p) => (
              <label key={p} className="row">
                <input
                  type="checkbox"
                  checked={papers.includes(p)}
                  onChange={(e) => setPapers((all) => (e.target.checked ? [...all, p] : all.filter((q) => q !== p)))}
                />
                {p}
              </label>
            ))}
            {problems.papers && <p className="problem">{problems.papers}</p>}
          </fieldset>
          <TextLine label="原件存放处（可以不填）" value={place} onChange={setPlace} problem={problems.place} max={100} />
          <Attach
            label="附件（可以不传）"
            orgId={course.orgId}
            files={files}
            onChange={setFiles}
            problem={problems.files}
            hint="扫描件可以不传，材料在手就行"
          />
          <TextLine label="备注（可以不填）" value={note} onChange={setNote} problem={problems.note} max={500} />
        </>
      )}
    </PanelForm>
  )
}
