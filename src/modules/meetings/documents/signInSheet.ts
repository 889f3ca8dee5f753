import { type PaperPlan, text } from '#runtime/document/document.ts'
import type { PlanView } from '../contract.ts'
import { planWhenText } from '../planning/notice.ts'

const COLUMNS = 2

/** A sheet on A4 with a box for each signature, two people side by side; heads repeat on every page. */
export function sheetToSign(plan: PlanView, people: readonly { name: string; note: string }[]): PaperPlan {
  const lines = Math.ceil(people.length / COLUMNS)
  const rows = Array.from({ length: lines }, (_, i) =>
    [people[i], people[i + lines]].flatMap((p, side) => [p ? String(i + 1 + side * lines) : '', p ? withNote(p) : '', '']),
  )
  return {
    title: `${plan.orgName}${plan.title}签到表`,
    blocks: [
      text(`时间：${planWhenText(plan)}　地点：${plan.place || '　　　　'}　应到：${plan.expected} 人`, { flush: true }),
      { kind: 'table', heads: [...HEADS, ...HEADS], widths: [2, 4, 5, 2, 4, 5], tall: true, rows },
      text('实到　　　人　主持人签字：　　　　　　记录人签字：', { flush: true }),
    ],
    notes: [],
  }
}

const HEADS = ['序号', '姓名', '签字']
const withNote = ({ name, note }: { name: string; note: string }) => (note ? `${name}（${note}）` : name)
