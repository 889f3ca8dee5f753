import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { forbidden, invalid } from '#kernel/errors.ts'
import { XLSX } from '#kernel/importing.ts'
import { type Ctx, download } from '#kernel/operation.ts'
import { Format, printed } from '#kernel/printing.ts'
import { headCode } from '#ledger/headCode.ts'
import { headNow } from '#ledger/reading.ts'
import { placesUnder } from '#modules/organisation/published.ts'
import { writeXlsx } from '#runtime/sheets/write.ts'
import { kindsName } from '../contract.ts'
import { minutesPaper } from '../documents/minutes.ts'
import { registerOnPaper, registerSheet } from '../documents/register.ts'
import { summaryPaper } from '../documents/summary.ts'
import { minutesOf } from '../documents/wording.ts'
import { meetingsPlaced, type Seen, seen, seenColumns, seenOrg } from '../find.ts'
import { seesText } from '../policy.ts'
import { viewOf } from './get.ts'
import { inSubtree } from './list.ts'

export const minutes = download('meetings.minutes', {
  title: '下载会议记录（Word、PDF）',
  input: z.object({ id: z.uuid(), format: Format }),
  snapshot: true,
  load: seen,
  may: (actor, m) => seesText(actor, m) || forbidden('committee-only', '这份记录只有支委能看。要看请找支部书记'),
  run: async (ctx, { format }, m) =>
    printed(
      minutesPaper(minutesOf(await viewOf(ctx, m), await ledgerLine(ctx.db))),
      `${m.org_name}${kindsName(m.kinds, m.own_kind)}记录${m.held_on}`,
      format,
    ),
})

export const summary = download('meetings.summary', {
  title: '下载会议纪要（Word、PDF）',
  input: z.object({ id: z.uuid(), format: Format }),
  snapshot: true,
  load: seen,
  may: (actor, m) => seesText(actor, m) || forbidden('committee-only', '这份记录只有支委能看。要看请找支部书记'),
  run: async (ctx, { format }, m) => {
    if (m.state === 'cancelled') throw invalid('cancelled', '这次会议的记录已经作废，没有纪要')
    return printed(
      summaryPaper(await viewOf(ctx, m), await ledgerLine(ctx.db)),
      `${m.org_name}${kindsName(m.kinds, m.own_kind)}纪要${m.held_on}`,
      format,
    )
  },
})

export const register = download('meetings.register', {
  title: '下载一年的会议台账（Excel）',
  input: z.object({ orgId: z.uuid(), year: z.int().min(1949).max(2100) }),
  snapshot: true,
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.read', org.path),
  run: async (ctx, { year }, org) => {
    const rows = await registerRows(ctx, org.path, year)
    const title = `${org.name} ${year} 年度三会一课台账`
    const footer = [`口径：${year} 年召开、没有作废的会议，共 ${rows.length} 次。导出日期 ${dateAt(ctx.now)}。`, await ledgerLine(ctx.db)]
    return { fileName: `${title}.xlsx`, type: XLSX, body: writeXlsx([registerSheet(rows, title, footer)]) }
  },
})

export const registerPaper = download('meetings.registerPaper', {
  title: '下载一年的会议台账（Word、PDF）',
  input: z.object({ orgId: z.uuid(), year: z.int().min(1949).max(2100), format: Format }),
  snapshot: true,
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.read', org.path),
  run: async (ctx, { year, format }, org) => {
    const rows = await registerRows(ctx, org.path, year)
    if (rows.length > MOST_ON_PAPER)
      throw invalid('too-many-meetings', `这一年的会议超过 ${MOST_ON_PAPER} 次，纸上放不下。请下载 Excel，或者按支部分别打印`)
    const title = `${org.name} ${year} 年度三会一课台账`
    const notes = [`口径：${year} 年召开、没有作废的会议，共 ${rows.length} 次。导出日期 ${dateAt(ctx.now)}。`, await ledgerLine(ctx.db)]
    return printed(registerOnPaper(rows, title, notes), title, format)
  },
})

/** A branch's year is some dozens; beyond this a paper is no longer read. */
const MOST_ON_PAPER = 2_000

export type RegisterRow = Seen & {
  chair: string | null
  recorder: string | null
  topics: string[]
  resolutions: string[]
  absent: { name: string; reason: string }[]
  hidden: boolean
}

async function registerRows(ctx: Ctx, path: string, year: number): Promise<RegisterRow[]> {
  const held = sql`m.held_on >= ${`${year}-01-01`}::date and m.held_on <= ${`${year}-12-31`}::date and m.state <> 'cancelled'`
  const { rows } = await sql<RegisterRow>`
    select ${seenColumns}, coalesce(c.name, m.chair_name) as chair, coalesce(r.name, m.recorder_name) as recorder,
      coalesce(i.topics, '{}') as topics, coalesce(i.resolutions, '{}') as resolutions, coalesce(a.absent, '[]') as absent
    from ${meetingsPlaced}
    join ${placesUnder(path)} l on l.id = m.org_id
    left join organisation.person c on c.id = m.chair_id
    left join organisation.person r on r.id = m.recorder_id
    left join (select org_id, meeting_id, array_agg(topic order by position) as topics,
        array_agg(resolution order by position) filter (where resolution <> '') as resolutions
      from meetings.item group by 1, 2) i on i.org_id = m.org_id and i.meeting_id = m.id
    left join (select a.org_id, a.meeting_id, jsonb_agg(jsonb_build_object('name', p.name, 'reason', a.reason) order by p.name) as absent
      from meetings.attendance a join organisation.person p on p.id = a.person_id where not a.present group by 1, 2) a
      on a.org_id = m.org_id and a.meeting_id = m.id
    where ${ctx.actor.within('meetings.read', 'o.path')} and ${inSubtree(path)} and ${held}
    order by l.place, m.held_on, m.started_at nulls last, m.id`.execute(ctx.db)
  return rows.map((m) => ({ ...m, hidden: !seesText(ctx.actor, m) }))
}

/** The height of the ledger and its short head, for small print; empty ledgers say so. */
async function ledgerLine(db: Db): Promise<string> {
  const head = await headNow(db)
  return head ? `账本高度 ${head.size}，头码 ${headCode(head)}。` : '账本还没有签出的头码。'
}
