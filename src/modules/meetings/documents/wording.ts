import type { z } from 'zod'
import { dateName, onDay } from '#kernel/civilDate.ts'
import { ABSENCES, type Absence, CHOICES, kindsName, type MeetingView, STATES, VOTE_METHODS, type VoteView } from '../contract.ts'
import type { Minutes } from './minutes.ts'

type View = z.output<typeof MeetingView>

/** The minutes of a meeting in the order they are read: who, when and where, each item, signatures, addenda, small print. */
export function minutesOf(m: View, ledger: string): Minutes {
  return {
    title: `${m.orgName}${kindsName(m.kinds, m.ownKind?.name)}记录`,
    facts: [
      ['议题', m.title],
      ['时间', `${day(m.heldOn)}${m.start ? ` ${m.start}` : ''}${m.end ? `至${m.end}` : ''}`],
      ['地点', m.place || '未记'],
      ['主持人', m.chair.name || '未记'],
      ['记录人', m.recorder.name || '未记'],
      [
        '应到',
        `${m.expected} 人，实到 ${m.present} 人${m.entitled === null ? '' : `；其中应到会有表决权 ${m.entitled} 人，实到 ${m.entitledPresent ?? '未记'} 人`}`,
      ],
      ...absences(m),
      ...(m.observers.length > 0 ? [['列席', m.observers.join('、')] as [string, string]] : []),
      ...(m.late ? [['补录', `会议 ${day(m.heldOn)} 召开，${day(m.recordedOn)} 记录`] as [string, string]] : []),
    ],
    items: m.items.map((item) => ({
      topic: item.topic,
      paragraphs: [
        ...(item.discussion ? [['讨论', item.discussion] as [string, string]] : []),
        ...(item.vote ? [['表决', voteText(item.vote)] as [string, string]] : []),
        ...(item.resolution ? [['决议', item.resolution] as [string, string]] : []),
        ...item.actions.map(
          (a) => ['落实', `${a.text}${a.owner ? `，${a.owner.name}` : ''}${a.dueOn ? `，${day(a.dueOn)}前` : ''}`] as [string, string],
        ),
      ],
    })),
    closing: closing(m),
    notes: [`记录状态：${STATES[m.state as keyof typeof STATES]}。${ledger}`],
  }
}

const day = (date: string) => dateName(onDay(date))

function absences(m: View): [string, string][] {
  const away = m.attendance.filter((a) => !a.present)
  if (away.length === 0) return []
  const why = (a: (typeof away)[number]) => [ABSENCES[a.reason as Absence], a.note].filter(Boolean).join('，')
  return [['缺席', away.map((a) => `${a.name}（${why(a)}）`).join('、')]]
}

/** 举手，同意 18、不同意 0、弃权 1。… 通过. */
export function voteText(v: z.output<typeof VoteView>): string {
  const written = v.writtenInFavour + v.writtenAgainst + v.writtenAbstained
  const counts = `${CHOICES.inFavour} ${v.inFavour}、${CHOICES.against} ${v.against}、${CHOICES.abstained} ${v.abstained}`
  const recused = v.recused.length > 0 ? `，回避 ${v.recused.map((r) => r.name).join('、')}` : ''
  return `${VOTE_METHODS[v.method]}，${counts}${written > 0 ? `，其中会前书面意见 ${written} 份另计` : ''}${recused}。${v.says}`
}

function closing(m: View): [string, string][] {
  const signed = m.signedBy
    ? `${m.signedBy}${m.bySubstitute ? `（代主持人签，${m.signNote}）` : ''}，${m.signedAt!.slice(0, 10)}`
    : m.state === 'archivedOnPaper'
      ? '见纸质档案'
      : '　　　　　　（待签）'
  return [
    [m.bySubstitute ? '委员（签字）' : '主持人（签字）', signed],
    ['记录人（签字）', m.state === 'archivedOnPaper' ? '见纸质档案' : (m.submittedBy ?? m.recorder.name)],
    ...m.addenda.map((a): [string, string] => [
      `补充（${a.at.slice(0, 10)}，${a.by}）`,
      [a.text, ...a.corrected.map((c) => `更正：${c}`)].join('\n'),
    ]),
    ...(m.cancelled ? [['作废', `${m.cancelled.at.slice(0, 10)}，${m.cancelled.by}：${m.cancelled.note}`] as [string, string]] : []),
  ]
}
