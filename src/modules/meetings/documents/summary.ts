import type { z } from 'zod'
import { dateName, onDay } from '#kernel/civilDate.ts'
import { type Block, blank, heading, labelled, numeral, type PaperPlan, text } from '#runtime/document/document.ts'
import { kindsName, type MeetingView } from '../contract.ts'
import { voteText } from './wording.ts'

type View = z.output<typeof MeetingView>

/** 会议纪要: what was decided, without who said what; the minutes themselves stay the record. */
export function summaryPaper(m: View, ledger: string): PaperPlan {
  const decided = m.items.filter((item) => item.resolution || item.vote || item.actions.length > 0)
  const opening = `${day(m.heldOn)}，${m.orgName}${m.place ? `在${m.place}` : ''}召开${kindsName(m.kinds, m.ownKind?.name)}${m.chair.name ? `，由${m.chair.name}主持` : ''}。`
  const led = decided.length > 0 ? '会议议定事项纪要如下：' : '会议没有作出决议。'
  const others = m.items.filter((item) => !decided.includes(item)).map((item) => item.topic)
  return {
    title: `${kindsName(m.kinds, m.ownKind?.name)}纪要`,
    letterhead: { sender: `${m.orgName}会议纪要`, number: m.title, issuer: null },
    blocks: [
      text(`${opening}${others.length > 0 ? `会议议程还有：${others.join('；')}。` : ''}${led}`),
      ...decided.flatMap(decision),
      blank,
      ...attendance(m),
      blank,
      { kind: 'signed', lines: [m.orgName, day(m.heldOn)] },
    ],
    notes: [
      m.signedBy ? `依据已签字的会议记录（${m.signedBy}签）。` : '会议记录还没有签字，纪要仅供核对，不要印发。',
      ...m.addenda.map((a) => `会议记录有补充（${day(a.at.slice(0, 10))}）：${a.text}`),
      ledger,
    ],
  }
}

function decision({ topic, resolution, vote, actions }: View['items'][number], i: number): Block[] {
  const tasks = actions.map((a) => `${a.text}${a.owner ? `，由${a.owner.name}负责` : ''}${a.dueOn ? `，${day(a.dueOn)}前完成` : ''}。`)
  return [
    heading(1, `${numeral(i + 1)}、${topic}`),
    ...(resolution ? [text(resolution)] : []),
    ...(vote ? [text(`表决：${voteText(vote)}`)] : []),
    ...(tasks.length > 0 ? [labelled('落实', tasks.join('\n'))] : []),
  ]
}

function attendance(m: View): Block[] {
  const names = (present: boolean) =>
    m.attendance
      .filter((a) => a.present === present)
      .map((a) => a.name)
      .join('、')
  const counted = `应到 ${m.expected} 人，实到 ${m.present} 人`
  return [
    labelled('出席', names(true) || counted),
    ...(names(false) ? [labelled('请假或缺席', names(false))] : []),
    ...(m.observers.length > 0 ? [labelled('列席', m.observers.join('、'))] : []),
    labelled('记录', m.recorder.name || '未记'),
  ]
}

const day = (date: string) => dateName(onDay(date))
