import { useState } from 'react'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { noticeText, readNotice, runsOf, type SpecialDay } from '../contract.ts'

interface Props {
  year: { year: number; source: string | null; days: SpecialDay[]; version: number }
  onClose: () => void
}

/** Enters the holidays of a year: the notice pasted as it is, or written by hand; what was understood stands below while typing. */
export function YearForm({ year: { year, source, days, version }, onClose }: Props) {
  const [text, setText] = useState(noticeText(days))
  const [from, setFrom] = useState(version === 0 ? '' : (source ?? ''))
  const read = readNotice(text, year)
  const input = () => {
    if (read.problems.length > 0) return read.problems[0]!
    if (read.days.length === 0) return '还没有看到哪天放假。请粘贴通知正文，或逐行写'
    if (from.trim().length < 2) return '请写明按哪份通知'
    return { year, version, source: from, days: read.days }
  }
  return (
    <PanelForm
      name="workdays.setYear"
      open
      onClose={onClose}
      kicker={`${year} 年`}
      title={version === 0 ? '登记放假与调休' : '改放假与调休'}
      note="把放假安排的通知正文粘贴进来就行，也可以一行一个节日自己写"
      input={input}
      submit="登记这一年的放假与调休"
      done={`${year} 年的放假与调休已登记`}
    >
      {(problems) => (
        <>
          <TextArea
            label="放假安排"
            value={text}
            onChange={setText}
            rows={10}
            max={4000}
            hint="括号里的星期、农历不用删"
            placeholder="国庆节：10月1日至7日放假。9月27日、10月10日上班。"
          />
          <div role="status" className={`note ${read.problems.length > 0 ? 'zhe' : ''}`}>
            <div>
              {read.problems.map((says) => (
                <p key={says}>{says}</p>
              ))}
              {read.problems.length === 0 && <Understood days={read.days} />}
              {Object.values(problems).map((says) => (
                <p key={says}>{says}</p>
              ))}
            </div>
          </div>
          <TextLine label="按哪份通知" value={from} onChange={setFrom} hint="文件名和文号" max={200} />
        </>
      )}
    </PanelForm>
  )
}

function Understood({ days }: { days: readonly SpecialDay[] }) {
  if (days.length === 0) return <p>粘贴或写好以后，看懂的日子列在这里。</p>
  const of = (rest: boolean) => days.filter((d) => d.rest === rest).map((d) => d.day)
  return (
    <>
      <p>
        看懂了 {new Set(days.map((d) => d.name)).size} 个节日：放假 {of(true).length} 天（{runsOf(of(true)).join('、')}）
      </p>
      <p>{of(false).length > 0 ? `调休上班 ${of(false).length} 天（${runsOf(of(false)).join('、')}）` : '没有调休上班'}</p>
    </>
  )
}
