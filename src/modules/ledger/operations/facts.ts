import { type RawBuilder, sql } from 'kysely'
import type { z } from 'zod'
import type { Db } from '#kernel/database.ts'
import { invalid } from '#kernel/errors.ts'
import { NOWHERE } from '#kernel/id.ts'
import { anyone, type Ctx, query } from '#kernel/operation.ts'
import { afterCursor, cut, orderOf } from '#kernel/paging.ts'
import { proveFact } from '#ledger/prove.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { type FactRow, Facts, FactsInput, ProofInput, ProvenFact } from '../contract.ts'
import { titleOfKind } from '../titles.ts'

export const facts = query('ledger.facts', {
  title: '看账本里的实绩',
  input: FactsInput,
  output: Facts,
  load: async (ctx, { orgId, subject }) => {
    if (!orgId && !subject) throw invalid('org-or-subject', '请指明看哪个组织，或者看哪件事', { orgId: ['请选一个组织'] })
    if (!orgId) return true
    const seen = orgId === NOWHERE ? ctx.actor.holds('ledger.read', '/') === true : await orgSeen(ctx, orgId, 'ledger.read')
    return seen ? true : undefined
  },
  may: (actor) => actor.holdsAnywhere('ledger.read'),
  run: async (ctx, { orgId, subject, after, limit }) => {
    // Ids grow with time, so this is the order of recording.
    const order = [{ by: sql`f.id`, desc: true }]
    const rows = await read(
      ctx.db,
      sql`${orgId ? sql`f.org_id = ${orgId}` : sql`true`} and ${subject ? sql`f.subject = ${subject}` : sql`true`}
        and ${ctx.actor.within('ledger.read', 'place.path')} and ${afterCursor(order, after)}
        order by ${orderOf(order)} limit ${limit + 1}`,
    )
    const page = cut(rows, limit, (row) => [row.id])
    return { ...page, items: page.items.map(shown) }
  },
})

export const proof = query('ledger.proof', {
  title: '查一条实绩，并取它在账本里的证明',
  input: ProofInput,
  output: ProvenFact,
  load: async (ctx, { n, id }) => {
    if ((n === undefined) === (id === undefined)) throw invalid('n-or-id', '请填实绩编号或实绩 id，只填一个', { n: ['请填一个编号'] })
    const place = await placeOf(ctx.db, n, id)
    return place && visible(ctx, place)
  },
  may: anyone,
  run: async (ctx, _input, row) => ({ ...shown(row), proof: (await proveFact(ctx.db, row.id)) ?? null }),
})

interface Row {
  id: string
  n: string | number | null
  kind: string
  orgId: string
  orgName: string | null
  subject: string
  happenedOn: string
  recordedAt: Date
  retracted: boolean
}

const shown = (row: Row): z.input<typeof FactRow> => ({
  ...row,
  n: row.n === null ? null : Number(row.n),
  title: titleOfKind(row.kind),
  recordedAt: row.recordedAt.toISOString(),
})

/** What belongs to no organisation lies at the root, where the offices of the whole unit hold their rights. */
async function read(db: Db, where: RawBuilder<unknown>): Promise<Row[]> {
  const { rows } = await sql<Row>`select f.id, e.n, f.kind, f.org_id as "orgId", o.name as "orgName", f.subject,
      to_char(f.happened_on, 'YYYY-MM-DD') as "happenedOn", f.recorded_at as "recordedAt",
      exists (select from ledger.fact r where r.kind = 'fact.retracted' and r.org_id = f.org_id and r.subject = f.id) as retracted
    from ledger.fact f
    left join organisation.org o on o.id = f.org_id
    left join ledger.entry e on e.fact_id = f.id
    cross join lateral (select coalesce(o.path, '/') as path) place
    where ${where}`.execute(db)
  return rows
}

interface Place {
  orgId: string
  id: string
}

/** Where a fact lies: by its number, or by its id whether it is numbered or waits for that. */
async function placeOf(db: Db, n: number | undefined, id: string | undefined): Promise<Place | undefined> {
  const { rows } = await (n === undefined
    ? sql<Place>`select org_id as "orgId", fact_id as id from ledger.entry where fact_id = ${id}
          union all select org_id, fact_id from ledger.pending where fact_id = ${id}`
    : sql<Place>`select org_id as "orgId", fact_id as id from ledger.entry where n = ${n}`
  ).execute(db)
  return rows[0]
}

/** The fact, for whoever may read its organisation's facts, and for the person it is about. */
async function visible({ db, actor }: Ctx, { orgId, id }: Place): Promise<Row | undefined> {
  const own = actor.personId ? sql`f.person_id = ${actor.personId}` : sql`false`
  const [row] = await read(db, sql`f.org_id = ${orgId} and f.id = ${id} and (${actor.within('ledger.read', 'place.path')} or ${own})`)
  return row
}
