import { type RawBuilder, sql } from 'kysely'
import { z } from 'zod'
import { beyond } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { holdsOn } from '#kernel/dated.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged } from '#kernel/paging.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { type Precision, Standing, Suspension } from '../contract.ts'
import { lifeText } from '../life.ts'

export const RosterFilter = z.object({
  /** This organisation and all below it; left out, everything the reader may see. */
  orgId: z.uuid().optional(),
  /** As at this day; today when left out. */
  on: z.iso.date().optional(),
  /** Members of the Party when left out. */
  standings: z.array(Standing).min(1).max(5).optional(),
  sex: z.enum(['male', 'female']).optional(),
  /** The first characters of name or 工号. */
  text: z.string().trim().max(60).optional(),
  /** Without the right to vote that day because rights are suspended. */
  suspended: z.boolean().optional(),
  /** Since when on the roster was derived, not said by a source. */
  inferred: z.boolean().optional(),
})
export type RosterFilter = z.output<typeof RosterFilter>

const SORTS = {
  name: sql`h.name collate "zh-x-icu"`,
  joined: sql`h.joined`,
  since: sql`h.since`,
  staffNo: sql`h.staff_no`,
} as const

const Row = z.object({
  membershipId: z.string(),
  personId: z.string(),
  name: z.string(),
  staffNo: z.string().nullable(),
  orgId: z.string(),
  orgName: z.string(),
  standing: Standing,
  sex: z.enum(['male', 'female']).nullable(),
  group: z.string().nullable(),
  job: z.string().nullable(),
  /** `1992-12-17`, `1992-12` or `1992`. */
  joined: z.string().nullable(),
  since: z.string(),
  inferred: z.boolean(),
  suspended: Suspension.nullable(),
})

export const roster = query('members.roster', {
  title: '党员名册',
  input: RosterFilter.extend(Paged.shape).extend({
    sort: z.enum(Object.keys(SORTS) as [keyof typeof SORTS, ...(keyof typeof SORTS)[]]).default('name'),
    desc: z.boolean().default(false),
  }),
  output: z.object({
    items: z.array(Row),
    next: z.string().nullable(),
    /** People that fit the filter, on all pages. */
    total: z.int(),
    on: z.string(),
    can: z.object({ manage: z.boolean() }),
  }),
  load: async (ctx, { orgId }) => (orgId ? orgSeen(ctx, orgId, 'members.read') : null),
  may: (actor, org) => (org ? actor.holds('members.read', org.path) : actor.holdsAnywhere('members.read')),
  run: async (ctx, { after, limit, sort, desc, ...filter }, org) => {
    const order: OrderBy[] = [{ by: SORTS[sort], desc }, { by: sql`h.id` }]
    const rows = await pageOfRoster(ctx, hits(ctx, filter, org, sort), filter, order, after, limit + 1)
    const page = cut(rows, limit, (row) => [row.key, row.membershipId])
    const manage = org ? ctx.actor.holds('members.manage', org.path) === true : ctx.actor.holdsAnywhere('members.manage') === true
    return {
      items: page.items.map(({ key: _, total: _total, joinedFrom, joinedPrecision, ...row }) => ({
        ...row,
        joined: joinedFrom && joinedPrecision ? lifeText({ from: joinedFrom, precision: joinedPrecision }) : null,
      })),
      next: page.next,
      total: rows[0]?.total ?? (after ? await countRoster(ctx, filter, org) : 0),
      on: filter.on ?? dateAt(ctx.now),
      can: { manage },
    }
  },
})

type RosterRow = Omit<z.output<typeof Row>, 'joined'> & {
  joinedFrom: string | null
  joinedPrecision: Precision | null
  key: string
  total: number
}

/** One statement: who fits, how many, and the page with what it shows. */
async function pageOfRoster(
  ctx: Ctx,
  hits: RawBuilder<unknown>,
  filter: RosterFilter,
  order: readonly OrderBy[],
  after: string | undefined,
  limit: number,
): Promise<RosterRow[]> {
  const { rows } = await sql<RosterRow>`
    with h as materialized (${hits}),
    page as (select h.* from h where ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit})
    select h.id as "membershipId", h.person_id as "personId", h.name, nullif(h.staff_no, '') as "staffNo", h.org_id as "orgId",
      h.org_name as "orgName", h.standing, f.sex, f.party_group as "group", f.job, f.joined_from as "joinedFrom",
      f.joined_precision as "joinedPrecision", h.since, h.inferred, coalesce(d.cause, x.cause) as suspended, ${order[0]!.by}::text as key,
      (select count(*)::int from h) as total
    from page h
    left join members.profile f on f.person_id = h.person_id
    left join members.suspension x on x.person_id = h.person_id and x.cause = 'onProbation' and ${holdsOn('x.valid', dayOf(ctx, filter))}
    left join members.suspension d on d.person_id = h.person_id and d.cause = 'detained' and ${holdsOn('d.valid', dayOf(ctx, filter))}
    order by ${orderOf(order)}`.execute(ctx.db)
  return rows
}

async function countRoster(ctx: Ctx, filter: RosterFilter, org: OrgCard | null): Promise<number> {
  return (await sql<{ n: number }>`select count(*)::int as n from (${hits(ctx, filter, org)}) h`.execute(ctx.db)).rows[0]!.n
}

const dayOf = (ctx: Ctx, { on }: RosterFilter) => sql`${on ?? dateAt(ctx.now)}::date`

/** The memberships that fit the filter, with what can be sorted by. Only what the filter names is joined. */
export function hits(ctx: Ctx, filter: RosterFilter, org: OrgCard | null, sort?: keyof typeof SORTS): RawBuilder<unknown> {
  const day = dayOf(ctx, filter)
  const { standings = ['fullMember', 'probationaryMember'], sex, text, suspended, inferred } = filter
  const conditions = [
    ctx.actor.within('members.read', 'o.path'),
    ...(org ? [sql`o.path >= ${org.path} and o.path < ${beyond(org.path)}`] : []),
    sql`s.standing = any(${standings})`,
    ...(sex ? [sql`f.sex = ${sex}`] : []),
    ...(text ? [sql`(p.name like ${startOf(text)} or p.staff_no like ${startOf(text)})`] : []),
    ...(suspended === undefined
      ? []
      : [sql`${suspended ? sql`` : sql`not`} exists (select from members.suspension v where v.person_id = p.id and v.valid @> ${day})`]),
    ...(inferred === undefined ? [] : [sql`m.inferred = ${inferred}`]),
  ]
  return sql`select m.id, m.person_id, m.org_id, o.name as org_name, p.name, coalesce(p.staff_no, '') as staff_no,
      lower(m.valid) as since, m.inferred, s.standing${sort === 'joined' ? sql`, coalesce(f.joined_from, '9999-12-31') as joined` : sql``}
    from organisation.org o
    join members.membership m on m.org_id = o.id and ${holdsOn('m.valid', day)}
    join organisation.person p on p.id = m.person_id
    join members.standing s on s.person_id = m.person_id and ${holdsOn('s.valid', day)}
    ${sex || sort === 'joined' ? sql`left join members.profile f on f.person_id = m.person_id` : sql``}
    where ${sql.join(conditions, sql` and `)}`
}

const startOf = (text: string) => `${text.replace(/[\\%_]/g, '\\$&')}%`
