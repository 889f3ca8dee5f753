import { z } from 'zod'
import { addDays, addMonths } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { Entry } from '../contract.ts'
import { orgEntries, ownEntries } from '../entries.ts'

const Month = z.string().regex(/^(19|20)\d{2}-(0[1-9]|1[0-2])$/, '月份写成 2026-09 这样')

export const month = query('calendar.month', {
  title: '看一个月的日程',
  /** Without an organisation: one's own. */
  input: z.object({ month: Month, orgId: z.uuid().optional() }),
  output: z.object({ items: z.array(Entry) }),
  load: async (ctx: Ctx, { orgId }) => {
    if (!orgId) return { org: undefined }
    const org = await orgSeen(ctx, orgId, 'meetings.read')
    return org && { org }
  },
  may: (actor, { org }) => org === undefined || actor.holds('meetings.read', org.path),
  run: async (ctx, input, { org }) => {
    const from = `${input.month}-01`
    const to = addDays(addMonths(from, 1), -1)
    const items = org ? await orgEntries(ctx, org, from, to) : await ownEntries(ctx, from, to)
    return { items: items.map(({ plain: _, at: _at, ...entry }) => entry) }
  },
})
