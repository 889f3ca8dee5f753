import { dateName, onDay } from '#kernel/civilDate.ts'
import { heading, numeral, type PaperPlan, text } from '#runtime/document/document.ts'
import { STAGES } from '../contract.ts'
import type { courseView } from '../operations/get.ts'

type View = Awaited<ReturnType<typeof courseView>>
type Step = View['steps'][number]

/** 发展党员全程纪实 of one person: the twenty-five steps in order with days, people, votes and papers. */
export const fullRecordPaper = (view: View, ledger: string): PaperPlan => ({
  title: '发展党员全程纪实',
  blocks: [
    text(`姓名：${view.name}　　支部：${view.orgName}　　状态：${stateOf(view)}`, { flush: true }),
    ...STAGES.flatMap((name, i) => [
      heading(1, `${numeral(i + 1)}、${name}`),
      ...view.steps.filter(({ stage }) => stage === i).flatMap((step) => wording(step).map((words) => text(words))),
    ]),
  ],
  notes: [ledger],
})

const stateOf = (view: View): string => (view.state === 'done' ? '已归档' : view.state === 'stopped' ? '已停止发展' : view.stageName)

const day = (date: string) => dateName(onDay(date))

/** What happened at a step, in sentences; what has not happened yet says so. */
export function wording({ no, title, state, records }: Step): string[] {
  const head = `${no}. ${title}`
  if (records.length === 0) return [`${head}：${state === 'paper' ? '以前在纸上办理，未录日期' : '尚未办理'}。`]
  return records.map((r) => {
    const parts = [
      day(r.on),
      r.people.length > 0 ? r.people.map(({ name }) => name).join('、') : '',
      r.votes
        ? `应到会有表决权的正式党员 ${r.votes.entitled} 名，实到 ${r.votes.present} 名，赞成 ${r.votes.inFavour}、不赞成 ${r.votes.against}、弃权 ${r.votes.abstained}`
        : '',
      r.hours ? `${r.hours} 学时` : '',
      r.days ? `${r.days} 天` : '',
      r.papers.length > 0 ? `材料：${r.papers.join('、')}${r.place ? `（存${r.place}）` : ''}` : '',
      r.note,
      r.entered ? '据纸质材料补录' : '',
    ]
    return `${head}：${parts.filter(Boolean).join('，')}。`
  })
}
