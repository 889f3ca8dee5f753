import { sql } from 'kysely'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import type { Chapter } from '#kernel/module.ts'
import { type Block, heading, labelled } from '#runtime/document/document.ts'
import { SOURCES, TASK_STATES } from './contract.ts'
import { cardOf, type Seen, taskRows } from './find.ts'

/** 任务与整改: what was given to the branch, was due or was closed in the span. */
const tasks: Chapter = {
  key: 'tasks',
  title: '任务与整改',
  order: 80,
  readWith: 'tasks.read',
  write: async (ctx, { orgId, from, to }) => {
    const { rows } = await sql<Seen>`${taskRows} where t.lead_org_id = ${orgId} and t.state <> 'cancelled'
      and (t.due_on between ${from}::date and ${to}::date or t.closed_on between ${from}::date and ${to}::date
        or (t.given_at >= ${from}::date and t.given_at < ${addDays(to, 1)}::date))
      order by t.due_on nulls last, t.id limit 500`.execute(ctx.db)
    if (rows.length === 0) return { says: '没有任务', blocks: [] }
    const closed = rows.filter((t) => t.state === 'closed').length
    const lines = rows.map((t) => {
      const late = cardOf(t, ctx.now).overdueDays
      const state = `${TASK_STATES[t.state]}${t.closed_on ? ` ${t.closed_on}` : ''}${late > 0 ? `，逾期 ${late} 天` : ''}`
      return [t.title, SOURCES[t.source], t.lead_name ?? '', dateAt(t.given_at), t.due_on ?? '', state]
    })
    return {
      says: `任务 ${rows.length} 件，办结 ${closed} 件`,
      blocks: [
        { kind: 'table', heads: ['任务', '来源', '负责人', '交办', '期限', '状态'], rows: lines, widths: [7, 3, 3, 4, 4, 5] },
        ...rows.flatMap(courseOf),
      ],
    }
  },
}

/** What was asked, how it was done and what came of it; a task that says no more than its title needs no paragraph. */
const courseOf = (t: Seen): Block[] => {
  const said = [
    ['要办的事', t.text === t.title ? null : t.text],
    ['怎么落实', t.plan],
    ['办理结果', t.result],
  ].filter((line): line is [string, string] => Boolean(line[1]))
  return said.length === 0 ? [] : [heading(3, t.title), ...said.map(([label, words]) => labelled(label, words))]
}

export const taskChapters = [tasks]
