import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { XLSX } from '#kernel/importing.ts'
import { type Ctx, download, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { filesOf } from '#modules/files/published.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { writeXlsx } from '#runtime/sheets/write.ts'
import { Edition, REVIEW_AHEAD, Regulation, STATES } from '../contract.ts'
import { aboutOrg, editionsWhere } from '../find.ts'

export const ofOrg = {
  load: (ctx: Ctx, { orgId }: { orgId: string }) => orgSeen(ctx, orgId, 'rulebook.read'),
  may: (actor: Ctx['actor'], org: OrgCard) => actor.holds('rulebook.read', org.path),
}

const order: OrderBy[] = [{ by: sql`e.valid_from`, desc: true }, { by: sql`e.id` }]
const Asked = z.object({ orgId: z.uuid(), state: z.enum(['standing', 'review', 'ended']).default('standing') })

const inState = (ctx: Ctx, state: z.output<typeof Asked>['state']) => {
  const today = dateAt(ctx.now)
  if (state === 'ended') return sql`e.ended_on <= ${today}::date`
  const standing = sql`(e.ended_on is null or e.ended_on > ${today}::date)`
  return state === 'review' ? sql`${standing} and e.ended_on is null and e.review_on <= ${today}::date + ${REVIEW_AHEAD}::int` : standing
}

export const list = query('rulebook.list', {
  title: '本单位的制度',
  input: Paged.extend(Asked.shape),
  output: pageOf(Edition).extend({ can: z.object({ enact: z.boolean() }), review: z.int() }),
  ...ofOrg,
  run: async (ctx, { state, after, limit }, org) => {
    const about = aboutOrg(ctx, org)
    const rows = await editionsWhere(
      ctx,
      sql`${about} and ${inState(ctx, state)} and ${afterCursor(order, after)}`,
      orderOf(order),
      limit + 1,
    )
    const { rows: count } = await sql<{ n: number }>`select count(*)::int as n from rulebook.edition e
      join organisation.org o on o.id = e.org_id where ${about} and ${inState(ctx, 'review')}`.execute(ctx.db)
    const can = { enact: ctx.actor.holds('rulebook.manage', org.path) === true }
    return { ...cut(rows, limit, (r) => [r.validFrom, r.id]), can, review: count[0]!.n }
  },
})

export const get = query('rulebook.get', {
  title: '看一项制度',
  input: z.object({ orgId: z.uuid(), id: z.uuid() }),
  output: Regulation,
  load: async (ctx: Ctx, { orgId, id }: { orgId: string; id: string }) => {
    const org = await orgSeen(ctx, orgId, 'rulebook.read')
    if (!org) return undefined
    const [edition] = await editionsWhere(ctx, sql`e.id = ${id} and ${aboutOrg(ctx, org)}`, sql`e.id`, 1)
    return edition && { org, edition }
  },
  may: (actor, { org }) => actor.holds('rulebook.read', org.path),
  run: async (ctx, _input, { edition }) => ({
    ...edition,
    editions: await editionsWhere(ctx, sql`e.root_id = ${edition.rootId}`, sql`e.number desc`, 100),
    files: (await filesOf(ctx.db, 'rulebook.edition', [edition.id])).get(edition.id) ?? [],
  }),
})

/** So many rows at most in one sheet: far above what a unit has. */
const MOST = 5_000

export const exportList = download('rulebook.export', {
  title: '导出制度清单',
  input: z.object({ orgId: z.uuid() }),
  ...ofOrg,
  run: async (ctx, _input, org) => {
    const rows = await editionsWhere(ctx, aboutOrg(ctx, org), orderOf(order), MOST)
    const day = dateAt(ctx.now)
    const body = writeXlsx([
      {
        name: '制度清单',
        title: `${org.name}制度清单（截至 ${day}）`,
        columns: [
          { title: '制度', width: 36 }, { title: '文号', width: 22 }, { title: '版次', kind: 'number' as const }, { title: '状态', width: 10 },
          { title: '所属组织', width: 24 }, { title: '负责部门', width: 18 }, { title: '依据', width: 40 }, { title: '执行日期', kind: 'date' as const },
          { title: '下次复审', kind: 'date' as const }, { title: '废止或修订日期', kind: 'date' as const }, { title: '系统中的应用', width: 44 },
        ], // biome-ignore format: one table
        rows: rows.map((r) => [
          r.name, r.letterNo, r.number, STATES[r.state], r.orgName, r.owner, r.source, r.validFrom, r.reviewOn, r.endedOn,
          r.rules.map((rule) => rule.text).join('；'),
        ]), // biome-ignore format: one row
        footer: ['含本组织执行的上级制度；已修订、已废止的版本一并列出。'],
      },
    ])
    return { fileName: `制度清单-${day}.xlsx`, type: XLSX, body }
  },
})
