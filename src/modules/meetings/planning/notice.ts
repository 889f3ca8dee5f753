import { weekdayName } from '#kernel/civilDate.ts'
import { kindsName } from '../contract.ts'

export interface Noticed {
  orgName: string
  kinds: readonly string[]
  ownKind: { name: string } | null
  heldOn: string
  start: string
  end: string
  overnight: boolean
  place: string
  chair: string
  note: string
  state: 'announced' | 'held' | 'cancelled'
  reason: string | null
  items: readonly { topic: string; presenter: string | null; papers: readonly string[] }[]
}

/** 2026年9月24日（星期四）15:00–次日 00:40. */
export function planWhenText({ heldOn, start, end, overnight }: Pick<Noticed, 'heldOn' | 'start' | 'end' | 'overnight'>): string {
  const [year, month, day] = heldOn.split('-').map(Number)
  return `${year}年${month}月${day}日（${weekdayName(heldOn)}）${start}–${overnight ? '次日 ' : ''}${end}`
}

/** The call to a meeting as plain text, ready to be copied into any chat group. */
export function noticeOf(n: Noticed): string {
  const when = planWhenText(n)
  if (n.state === 'cancelled')
    return `【会议取消】\n原定 ${when} 的${n.orgName}${kindsName(n.kinds, n.ownKind?.name)}取消。${n.reason ? `原因：${n.reason}。` : ''}请相互转告。`
  return [
    '【会议通知】',
    `定于 ${when}${n.place ? `，在${n.place}` : ''}召开${n.orgName}${kindsName(n.kinds, n.ownKind?.name)}，请准时参加。`,
    '议题：',
    ...n.items.map(lineOf),
    `主持人：${n.chair}。`,
    ...(n.note ? [n.note] : []),
    '收到请在系统里点“参加”；不能到会的，请在会前点“请假”并选原因。',
  ].join('\n')
}

const lineOf = ({ topic, presenter, papers }: Noticed['items'][number], i: number): string => {
  const more = [presenter && `汇报：${presenter}`, papers.length > 0 && `材料：${papers.join('、')}`].filter(Boolean)
  return `${i + 1}. ${topic}${more.length > 0 ? `（${more.join('；')}）` : ''}`
}
