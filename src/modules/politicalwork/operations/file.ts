import { sql } from 'kysely'
import { z } from 'zod'
import { addYears, dateAt } from '#kernel/civilDate.ts'
import { conflict, forbidden, invalid, missing, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { anyone, type Ctx, command, query } from '#kernel/operation.ts'
import { retract } from '#ledger/facts.ts'
import { HEADINGS, Heading, Line, StaffRow, Training } from '../contract.ts'
import { recordsOf } from '../records.ts'
import { lockedService, record, rowOf, type Stored, serviceRows } from '../store.ts'
import { assertPast } from './staff.ts'

const TrainingCard = z.object({
  id: z.string(),
  kind: Training,
  title: z.string(),
  issuer: z.string(),
  on: z.string(),
  hours: z.int().nullable(),
  validUntil: z.string().nullable(),
  expired: z.boolean(),
})

export const file = query('politicalwork.file', {
  title: '看一名政工人员的档案',
  input: z.object({ personId: z.uuid(), year: z.int().min(2000).max(2100).optional() }),
  output: z.object({
    personId: z.string(),
    name: z.string(),
    own: z.boolean(),
    services: z.array(StaffRow),
    trainings: z.array(TrainingCard),
    from: z.string(),
    to: z.string(),
    /** What the person wrote, and beside it what records tell; nothing here is a mark. */
    headings: z.array(
      z.object({
        heading: Heading,
        words: z.object({ text: z.string(), on: z.string(), version: z.int() }).nullable(),
        lines: z.array(Line),
      }),
    ),
    can: z.object({ manage: z.boolean(), write: z.boolean() }),
  }),
  load: (ctx, { personId }) => servicesSeen(ctx, personId),
  may: anyone,
  audited: true,
  run: async (ctx, { personId, year }, services) => {
    const today = dateAt(ctx.now)
    const [from, to] = year ? [`${year}-01-01`, `${year}-12-31`] : [addYears(today, -1), today]
    const { rows: trainings } = await sql<
      Omit<z.output<typeof TrainingCard>, 'expired'>
    >`select id, kind, title, issuer, on_day as "on", hours,
        valid_until as "validUntil" from politicalwork.training where person_id = ${personId} order by on_day desc, id limit 200`.execute(
      ctx.db,
    )
    const { rows: words } = await sql<{ heading: Heading; text: string; at: Date; version: number }>`select heading, text, written_at as at,
        version from politicalwork.word where person_id = ${personId}`.execute(ctx.db)
    const records = await recordsOf(ctx.db, personId, from, to)
    const own = ctx.actor.personId === personId
    return {
      personId,
      name: services[0]!.name,
      own,
      services: services.map((s) => rowOf(ctx, s)),
      trainings: trainings.map((t) => ({ ...t, expired: t.validUntil !== null && t.validUntil < today })),
      from,
      to,
      headings: (Object.keys(HEADINGS) as Heading[]).map((heading) => {
        const said = words.find((w) => w.heading === heading)
        return {
          heading,
          words: said ? { text: said.text, on: dateAt(said.at), version: said.version } : null,
          lines: (records.get(heading) ?? []).map(({ says, open }) => ({ says, open })),
        }
      }),
      can: { manage: services.some((s) => rowOf(ctx, s).can.manage), write: own },
    }
  },
})

/** Where somebody does political work, as far as the actor reads there; all of it to the person. Undefined: no file. */
async function servicesSeen(ctx: Ctx, personId: string): Promise<Stored[] | undefined> {
  const own = ctx.actor.personId === personId
  const { rows } = await sql<Stored>`${serviceRows(dateAt(ctx.now))} where s.person_id = ${personId}
    and ${own ? sql`true` : ctx.actor.within('politicalwork.read', 'o.path')} order by s.from_on desc, s.id`.execute(ctx.db)
  return rows.length > 0 ? rows : undefined
}

/** Whether there is a file about oneself, so that one's own page can lead to it. */
export const mine = query('politicalwork.mine', {
  title: '有没有我的政工档案',
  input: z.object({}),
  output: z.object({ has: z.boolean() }),
  may: anyone,
  run: async (ctx) => {
    const { rows } =
      await sql`select from politicalwork.service where person_id = ${ctx.actor.personId}::uuid and not taken_back limit 1`.execute(ctx.db)
    return { has: rows.length > 0 }
  },
})

export const write = command('politicalwork.write', {
  title: '用自己的话写一项',
  input: z.object({
    heading: Heading,
    /** 0 while nothing is written. */
    version: z.int().min(0),
    text: z.string().trim().min(2).max(1000),
  }),
  output: z.object({ version: z.int() }),
  load: async (ctx) => (ctx.actor.personId === null ? undefined : servicesSeen(ctx, ctx.actor.personId)),
  may: anyone,
  run: async (ctx, { heading, version, text }) => {
    const me = ctx.actor.personId!
    const { rows } =
      version === 0
        ? await sql<{ version: number }>`insert into politicalwork.word (person_id, heading, text, written_at, version)
            values (${me}, ${heading}, ${text}, ${ctx.now}, 1) on conflict (person_id, heading) do nothing returning version`.execute(
            ctx.db,
          )
        : await sql<{ version: number }>`update politicalwork.word set text = ${text}, written_at = ${ctx.now}, version = version + 1
            where person_id = ${me} and heading = ${heading} and version = ${version} returning version`.execute(ctx.db)
    if (!rows[0]) throw stale({ text }, { version: null })
    return { version: rows[0].version }
  },
})

export const train = command('politicalwork.train', {
  title: '登记培训和证书',
  input: z.object({
    /** The stretch of political work it belongs to. */
    serviceId: z.uuid(),
    kind: Training,
    title: z.string().trim().min(2).max(100),
    issuer: z.string().trim().min(2, '请写谁办的、谁发的').max(100),
    on: z.iso.date(),
    hours: z.int().min(1).max(2000).nullable().default(null),
    validUntil: z.iso.date().nullable().default(null),
  }),
  output: z.object({ id: z.uuid() }),
  load: (ctx, { serviceId }) => lockedService(ctx, { id: serviceId }),
  may: (actor, s) => actor.holds('politicalwork.manage', s.path),
  run: async (ctx, { kind, title, issuer, on, hours, validUntil }, s) => {
    assertPast(ctx, on, 'on')
    if (validUntil !== null && validUntil < on) throw invalid('valid-order', '有效期应在取得以后', { validUntil: ['应在取得以后'] })
    const { org_id: orgId, person_id: personId } = s
    const { rows } = await sql`select from politicalwork.training where org_id = ${orgId} and person_id = ${personId}
      and title = ${title} and on_day = ${on}`.execute(ctx.db)
    if (rows.length > 0) throw conflict('trained-already', '这一天的这一项已经登记过')
    const id = newId()
    const fact = record(ctx, 'politicalStaff.trained', { subject: id, orgId, personId, happenedOn: on, body: { kind, hours } })
    await sql`insert into politicalwork.training (org_id, id, person_id, kind, title, issuer, on_day, hours, valid_until, fact_id)
      values (${orgId}, ${id}, ${personId}, ${kind}, ${title}, ${issuer}, ${on}, ${hours}, ${validUntil}, ${fact})`.execute(ctx.db)
    return { id }
  },
})

export const dropTraining = command('politicalwork.dropTraining', {
  title: '撤回登记有误的培训或证书',
  input: z.object({ id: z.uuid() }),
  output: z.object({ id: z.uuid() }),
  load: async (ctx, { id }) => {
    const { rows } = await sql<{ orgId: string; path: string; fact: string }>`select t.org_id as "orgId", o.path, t.fact_id as fact
      from politicalwork.training t join organisation.org o on o.id = t.org_id
      where t.id = ${id} and ${ctx.actor.within('politicalwork.read', 'o.path')}`.execute(ctx.db)
    return rows[0]
  },
  may: (actor, t) => actor.holds('politicalwork.manage', t.path) === true || forbidden('not-yours', '请由本单位党务干部撤回'),
  run: async (ctx, { id }, { orgId, fact }) => {
    const { rows } = await sql`delete from politicalwork.training where org_id = ${orgId} and id = ${id} returning id`.execute(ctx.db)
    if (rows.length === 0) throw missing()
    retract(ctx, { orgId, factId: fact, kind: 'politicalStaff.trained', reason: 'mistake' })
    return { id }
  },
})
