import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { all, conflict, forbidden, invalid, missing } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { lockPerson } from '#modules/members/published.ts'
import { effectOf, Honour, Level, Sanction } from '../contract.ts'
import { withoutRights } from '../rights.ts'
import { record, type Sealed, seal } from '../store.ts'

const By = z.string().trim().min(2).max(100)
const DocNo = z.string().trim().min(1).max(60)
const Note = z.string().trim().max(500).default('')
const Done = z.object({ id: z.uuid(), version: z.int() })

export const reward = command('merits.reward', {
  title: '登记奖励',
  input: z.object({
    personId: z.uuid(),
    honour: Honour,
    level: Level,
    /** The honour in its own words; left out, as the kind is called. */
    title: z.string().trim().max(60).default(''),
    approvedOn: z.iso.date(),
    by: By,
    docNo: DocNo,
    note: Note,
  }),
  output: Done,
  load: (ctx, { personId }) => homeHeld(ctx, personId, 'merits.read'),
  may: (actor, home, { personId }) => all(actor.holds('merits.manage', home.path), notOwn(actor.personId, personId)),
  run: async (ctx, { personId, honour, level, title, approvedOn, by, docNo, note }, home) => {
    assertPast(ctx, approvedOn, 'approvedOn')
    if (honour === 'other' && title.length < 2) throw invalid('title-missing', '请填奖励的名称', { title: ['请填名称，例如：技术能手'] })
    const id = newId()
    const body = { honour, level }
    const fact = record(ctx, 'reward.given', { subject: id, orgId: home.orgId, personId, happenedOn: approvedOn, body })
    const sealed = { ...NOTHING, honour, level, title, by, docNo, note }
    await keep(ctx, { id, orgId: home.orgId, personId, nature: 'reward', approvedOn, sealed, until: null, fact, rights: [] })
    return { id, version: 1 }
  },
})

export const sanction = command('merits.sanction', {
  title: '登记党纪处分',
  input: z.object({
    personId: z.uuid(),
    what: Sanction,
    /** Of 留党察看. */
    years: z
      .union([z.literal(1), z.literal(2)])
      .nullable()
      .default(null),
    approvedOn: z.iso.date(),
    by: By,
    docNo: DocNo,
    note: Note,
  }),
  output: Done.extend({ until: z.string() }),
  load: (ctx, { personId }) => homeHeld(ctx, personId, 'merits.discipline'),
  may: (actor, home, { personId }) => all(actor.holds('merits.discipline', home.path), notOwn(actor.personId, personId)),
  run: async (ctx, { personId, what, approvedOn, by, docNo, note, ...given }, home) => {
    assertPast(ctx, approvedOn, 'approvedOn')
    const years = yearsOf(what, given.years)
    const id = newId()
    const { until } = effectOf({ what, approvedOn, years, restoredOn: null })
    await assertNotTwice(ctx, personId, approvedOn)
    const rights = what === 'probation' ? await withoutRights(ctx, { personId, orgId: home.orgId }, approvedOn) : []
    const fact = record(ctx, 'sanction.imposed', { subject: id, orgId: home.orgId, happenedOn: approvedOn, body: { until } })
    const sealed = { ...NOTHING, sanction: what, years, by, docNo, note }
    await keep(ctx, { id, orgId: home.orgId, personId, nature: 'sanction', approvedOn, sealed, until, fact, rights })
    return { id, version: 1, until }
  },
})

const NOTHING: Sealed = { sanction: null, years: null, honour: null, level: null, title: '', by: '', docNo: '', note: '' }

/** One or two for 留党察看, none for the others. */
export function yearsOf(what: Sanction, years: 1 | 2 | null): 1 | 2 | null {
  if (what !== 'probation') return null
  if (years === null) throw invalid('years-missing', '留党察看请选一年或两年', { years: ['请选一年或两年'] })
  return years
}

export function assertPast(ctx: Pick<Ctx, 'now'>, on: string, field: string): void {
  if (on > dateAt(ctx.now)) throw invalid('ahead', '这一天还没有到，请填已经批准的日期', { [field]: ['不能晚于今天'] })
}

/** Nobody records, lifts or corrects what is about themselves. */
export const notOwn = (me: string | null, personId: string) =>
  me !== personId || forbidden('about-oneself', '这是关于你本人的登记，请由另一位同志办理')

async function assertNotTwice(ctx: Ctx, personId: string, approvedOn: string) {
  const { rows } = await sql`select from merits.record where person_id = ${personId} and nature = 'sanction'
    and approved_on = ${approvedOn} and ended_why is distinct from 'withdrawn'`.execute(ctx.db)
  if (rows.length > 0) throw conflict('recorded-already', '这个人这一天批准的处分已经登记过，请在列表里打开；内容有误的请更正')
}

interface Home {
  orgId: string
  path: string
}

/** Where the person stands now or stood last, the person held, when the actor holds the capability there. */
async function homeHeld(ctx: Ctx, personId: string, capability: string): Promise<Home | undefined> {
  const { rows } = await sql<Home>`select m.org_id as "orgId", o.path from members.membership m join organisation.org o on o.id = m.org_id
    where m.person_id = ${personId} order by lower(m.valid) desc limit 1`.execute(ctx.db)
  const [home] = rows
  if (!home || ctx.actor.holds(capability, home.path) !== true) return undefined
  await lockPerson(ctx, personId)
  const { rows: standing } = await sql`select from members.standing where person_id = ${personId}
    and standing in ('fullMember', 'probationaryMember')`.execute(ctx.db)
  if (standing.length === 0) throw missing()
  return home
}

interface Kept {
  id: string
  orgId: string
  personId: string
  nature: 'reward' | 'sanction'
  approvedOn: string
  sealed: Sealed
  until: string | null
  fact: string
  rights: string[]
}

const keep = (ctx: Ctx, { id, orgId, personId, nature, approvedOn, sealed, until, fact, rights }: Kept) =>
  sql`insert into merits.record (org_id, id, person_id, nature, approved_on, sealed, until, given_fact, rights_facts, recorded_by,
      recorded_at, version)
    values (${orgId}, ${id}, ${personId}, ${nature}, ${approvedOn}, ${seal(id, sealed)}, ${until}, ${fact}, ${rights},
      ${ctx.actor.personId}, ${ctx.now}, 1)`.execute(ctx.db)
