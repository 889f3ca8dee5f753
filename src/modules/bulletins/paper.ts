import { z } from 'zod'
import { dateAt, dateName, onDay } from '#kernel/civilDate.ts'
import { download } from '#kernel/operation.ts'
import { Format, printed } from '#kernel/printing.ts'
import { type Block, blank, heading, text } from '#runtime/document/document.ts'
import { BULLETIN_STATES, summaryOf } from './contract.ts'
import { bulletinSeen, numbersOf, READ } from './operations.ts'

export const paper = download('bulletins.paper', {
  title: '打印通报（Word、PDF）',
  input: z.object({ id: z.uuid(), format: Format }),
  snapshot: true,
  load: (ctx, input) => bulletinSeen(ctx, input),
  may: (actor) => actor.holdsAnywhere(READ),
  run: async (ctx, { format }, b) => {
    const numbers = await numbersOf(ctx, b)
    const late = numbers.branches.filter((n) => n.late.length > 0)
    const table: Block = {
      kind: 'table',
      heads: ['支部', '会议', '到期', '已办', '逾期', '到期', '按期', '逾期'],
      groups: ['', '', '应办事项', '应办事项', '应办事项', '任务', '任务', '任务'],
      widths: [9, 2, 2, 2, 2, 2, 2, 2],
      rows: numbers.branches.map((n) => [
        n.name,
        ...[n.meetings, n.due, n.met, n.overdue, n.tasks, n.tasksOnTime, n.tasksLate].map(String),
      ]),
    }
    const span = `${dateName(onDay(b.period_from))}至${dateName(onDay(b.period_to))}`
    return printed(
      {
        title: b.title,
        letterhead: { sender: b.org_name, number: b.doc_no ?? '（未编文号）', issuer: null },
        blocks: [
          text('各党支部：', { flush: true }),
          ...(b.body ? [text(b.body)] : []),
          heading(1, '一、总的情况'),
          text(`${span}，${summaryOf(numbers).join('')}`),
          heading(1, '二、各支部情况'),
          table,
          ...(late.length > 0 ? [heading(1, '三、逾期未办的事项'), ...late.map((n) => text(`${n.name}：${n.late.join('、')}。`))] : []),
          blank,
          { kind: 'signed', lines: [b.org_name, dateName(onDay(b.issued_on ?? dateAt(ctx.now)))] },
        ],
        notes: [
          `数据按 ${dateName(onDay(numbers.asAt))} 的记录，${b.state === 'draft' ? '草稿，印发时重新计算并固定' : '印发时固定'}。`,
          ...(b.state === 'issued' ? [] : [`状态：${BULLETIN_STATES[b.state]}${b.withdrawn_why ? `，${b.withdrawn_why}` : ''}。`]),
        ],
      },
      `${b.title}${b.doc_no ? ` ${b.doc_no}` : ''}`,
      format,
    )
  },
})
