import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { rosterOn } from '#modules/members/published.ts'
import { orgSeen, personSeen } from '#modules/organisation/published.ts'
import { Direction, Result } from '../contract.ts'
import { record } from '../store.ts'

interface Pairing {
  org_id: string
  id: string
  person_id: string
  mentor_id: string
  direction: Direction
  began_on: string
  result: Result | null
  version: number
  path: string
}

export const pair = command('development.pair', {
  title: '登记双培养',
  input: z.object({
    orgId: z.uuid(),
    personId: z.uuid(),
    direction: Direction,
    mentorId: z.uuid(),
    aim: z.string().trim().min(2).max(500),
    beganOn: z.iso.date(),
    dueOn: z.iso.date().nullable().default(null),
  }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: async (ctx, { orgId, personId, mentorId }) => {
    if (!(await personSeen(ctx, personId)) || !(await personSeen(ctx, mentorId))) return undefined
    return orgSeen(ctx, orgId, 'development.read')
  },
  may: (actor, org) => actor.holds('development.manage', org.path),
  run: async (ctx, { orgId, personId, direction, mentorId, aim, beganOn, dueOn }) => {
    if (personId === mentorId) throw invalid('self', '培养人不能是本人', { mentorId: ['请另选一人'] })
    if (beganOn > dateAt(ctx.now)) throw invalid('ahead', '日期在今天以后', { beganOn: ['不能晚于今天'] })
    if (dueOn !== null && dueOn <= beganOn) throw invalid('due', '期限应在开始之后', { dueOn: ['请填开始之后的日期'] })
    const roster = await rosterOn(ctx.db, orgId, beganOn)
    const isMember = roster.some((p) => p.personId === personId)
    if (!roster.some((p) => p.personId === mentorId))
      throw invalid('mentor', '培养人从本支部的党员里选', { mentorId: ['不在本支部名册上'] })
    if (isMember !== (direction === 'toBackbone'))
      throw invalid('direction', isMember ? '已经是党员，请选「把党员培养成骨干」' : '还不是本支部党员，请选「把骨干培养成党员」', {
        direction: ['请另选'],
      })
    const id = newId()
    record(ctx, 'pairing.began', { subject: id, orgId, personId, happenedOn: beganOn, body: { direction, mentorId } })
    await sql`insert into development.pairing (org_id, id, person_id, direction, mentor_id, aim, began_on, due_on, version)
      values (${orgId}, ${id}, ${personId}, ${direction}, ${mentorId}, ${aim}, ${beganOn}, ${dueOn}, 1)`.execute(ctx.db)
    return { id, version: 1 }
  },
})

export const endPair = command('development.endPair', {
  title: '记双培养的结果',
  input: z.object({ id: z.uuid(), version: z.int(), result: Result, on: z.iso.date(), note: z.string().trim().max(500).default('') }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: pairing,
  may: (actor, p) => actor.holds('development.manage', p.path),
  run: async (ctx, { version, result, on, note }, p) => {
    if (version !== p.version) throw stale({ result, version }, { result: p.result, version: p.version })
    if (p.result !== null) throw conflict('ended', '这项培养已经记过结果')
    if (on > dateAt(ctx.now) || on < p.began_on) throw invalid('day', '请填开始之后、今天以前的日期', { on: ['请核对日期'] })
    record(ctx, 'pairing.ended', {
      subject: p.id,
      orgId: p.org_id,
      personId: p.person_id,
      happenedOn: on,
      body: { direction: p.direction, result },
    })
    await sql`update development.pairing set result = ${result}, result_note = ${note}, ended_on = ${on}, version = version + 1
      where org_id = ${p.org_id} and id = ${p.id}`.execute(ctx.db)
    return { id: p.id, version: p.version + 1 }
  },
})

async function pairing(ctx: Ctx, { id }: { id: string }): Promise<Pairing | undefined> {
  const found = await pairingSeen(ctx, id)
  if (!found) return undefined
  await sql`select from development.pairing where org_id = ${found.org_id} and id = ${id} for update`.execute(ctx.db)
  return pairingSeen(ctx, id)
}

async function pairingSeen(ctx: Ctx, id: string): Promise<Pairing | undefined> {
  const { rows } = await sql<Pairing>`select r.*, o.path from development.pairing r join organisation.org o on o.id = r.org_id
    where r.id = ${id} and ${ctx.actor.within('development.read', 'o.path')}`.execute(ctx.db)
  return rows[0]
}

const Pair = z.object({
  id: z.string(),
  version: z.int(),
  name: z.string(),
  mentor: z.string(),
  orgName: z.string(),
  direction: Direction,
  aim: z.string(),
  beganOn: z.string(),
  dueOn: z.string().nullable(),
  result: Result.nullable(),
  resultNote: z.string().nullable(),
  endedOn: z.string().nullable(),
  canEnd: z.boolean(),
})

export const pairs = query('development.pairs', {
  title: '双培养',
  input: Paged.extend({ orgId: z.uuid(), direction: Direction.optional() }),
  output: pageOf(Pair),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'development.read'),
  may: (actor, org) => actor.holds('development.read', org.path),
  run: async (ctx, { after, limit, direction }, org) => {
    const order: OrderBy[] = [
      { by: sql`r.began_on`, desc: true },
      { by: sql`r.id`, desc: true },
    ]
    const { rows } = await sql<Omit<z.output<typeof Pair>, 'canEnd'> & { path: string }>`
      select r.id, r.version, p.name, m.name as mentor, o.name as "orgName", r.direction, r.aim, r.began_on as "beganOn", r.due_on as "dueOn",
        r.result, r.result_note as "resultNote", r.ended_on as "endedOn", o.path
      from development.pairing r join organisation.org o on o.id = r.org_id
      join organisation.person p on p.id = r.person_id join organisation.person m on m.id = r.mentor_id
      where o.path >= ${org.path} and o.path < ${`${org.path}~`} and ${direction ? sql`r.direction = ${direction}` : sql`true`}
        and ${ctx.actor.within('development.read', 'o.path')} and ${afterCursor(order, after)}
      order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const { items, next } = cut(rows, limit, (r) => [r.beganOn, r.id])
    return {
      items: items.map(({ path, ...r }) => ({ ...r, canEnd: r.result === null && ctx.actor.holds('development.manage', path) === true })),
      next,
    }
  },
})
