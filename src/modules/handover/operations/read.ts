import { sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { dateAt, dateName, onDay } from '#kernel/civilDate.ts'
import { conflict } from '#kernel/errors.ts'
import { anyone, type Ctx, download, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { Format, printed } from '#kernel/printing.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { statement } from '#runtime/word.ts'
import { Card, GROUPS, Line } from '../contract.ts'
import { gather } from '../gather.ts'
import { cardOf, packRows, type Stored, seenPack, seenPacks } from '../store.ts'

const ORDER: OrderBy[] = [
  { by: sql`k.on_day`, desc: true },
  { by: sql`k.id`, desc: true },
]

export const list = query('handover.list', {
  title: '看书记交接',
  input: Paged.extend({ orgId: z.uuid().optional() }),
  output: pageOf(Card).extend({ can: z.object({ begin: z.boolean() }) }),
  load: async (ctx, { orgId }) => (orgId ? orgSeen(ctx, orgId, 'handover.read') : null),
  may: (actor, org) => (org ? actor.holds('handover.read', org.path) : anyone()),
  run: async (ctx, { after, limit }, org) => {
    const here = org ? sql`(o.path >= ${org.path} and o.path < ${beyond(org.path)})` : sql`true`
    const { rows } = await sql<Stored>`${packRows} where ${seenPacks(ctx)} and ${here} and ${afterCursor(ORDER, after)}
      order by ${orderOf(ORDER)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.on_day, row.id])
    const can = org ? ctx.actor.holds('handover.manage', org.path) : ctx.actor.holdsAnywhere('handover.manage')
    return { items: page.items.map((row) => cardOf(ctx, row)), next: page.next, can: { begin: can === true } }
  },
})

export const get = query('handover.get', {
  title: '看一份交接清单',
  input: z.object({ id: z.uuid() }),
  output: Card.extend({
    note: z.string(),
    /** As it stands now, until the first of the two confirms; then what both confirm; none once cancelled. */
    lines: z.array(Line),
    frozen: z.boolean(),
  }),
  load: seenPack,
  may: anyone,
  run: async (ctx, _input, r) => ({
    ...cardOf(ctx, r),
    note: r.note,
    lines: await linesOf(ctx, r),
    frozen: r.lines !== null,
  }),
})

export const paper = download('handover.paper', {
  title: '打印交接清单',
  input: z.object({ id: z.uuid(), format: Format }),
  load: seenPack,
  may: anyone,
  run: async (ctx, { format }, r) => {
    if (r.state === 'cancelled') throw conflict('cancelled', '这次交接已经取消，清单作废，不能打印；需要时请重新开始')
    const lines = await linesOf(ctx, r)
    const signed = (name: string, at: Date | null) => `${name}：${at ? `${dateName(onDay(dateAt(at)))}已确认` : '（签字）'}`
    const plan = statement({
      title: '党组织书记工作交接清单',
      paragraphs: [
        `${r.org_name}书记工作于${dateName(onDay(r.on_day))}由${r.from_name}交给${r.to_name}。未办结事项 ${lines.length} 件，由系统从记录汇出：`,
        ...(r.note ? [`交接说明：${r.note}`] : []),
      ],
      table: {
        heads: ['类别', '事项', '期限'],
        rows:
          lines.length > 0 ? lines.map(({ group, text, dueOn }) => [GROUPS[group], text, dueOn ?? '—']) : [['—', '没有未办结的事项', '—']],
      },
      closing: [`交出人 ${signed(r.from_name, r.from_at)}`, `接手人 ${signed(r.to_name, r.to_at)}`],
    })
    return printed(plan, `交接清单-${r.org_name}-${r.on_day}`, format)
  },
})

// Who hands or takes over sees the branch's open things through the pack alone, so a cancelled pack has to shut that window.
async function linesOf(ctx: Ctx, r: Stored): Promise<Line[]> {
  if (r.state === 'cancelled') return []
  return r.lines ?? (await gather(ctx, r.org_id))
}
