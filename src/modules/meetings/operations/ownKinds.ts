import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { Attends, MEETING_KINDS, TemplateItem } from '../contract.ts'
import { seenOrg } from '../find.ts'
import { nameNow, type OwnKindRow, ownKindsWhere, usableBy } from '../ownKinds.ts'

const OwnKind = z.object({
  id: z.uuid(),
  orgId: z.uuid(),
  orgName: z.string(),
  name: z.string(),
  /** What it was called before, and until which day (the first it was not). */
  former: z.array(z.object({ name: z.string(), until: z.iso.date() })),
  attends: Attends,
  votes: z.boolean(),
  agenda: z.array(TemplateItem),
  retiredOn: z.iso.date().nullable(),
  version: z.int(),
  can: z.boolean(),
})

export const ownKinds = query('meetings.ownKinds', {
  title: '看本单位的会议类别',
  input: z.object({ orgId: z.uuid() }),
  output: z.object({ items: z.array(OwnKind), can: z.object({ add: z.boolean() }) }),
  load: (ctx, { orgId }) => seenOrg(ctx, orgId),
  may: (actor, org) => actor.holds('meetings.read', org.path),
  run: async (ctx, _input, org) => {
    const rows = await ownKindsWhere(ctx, usableBy(org.path))
    return {
      items: rows.map((k) => ({
        id: k.id,
        orgId: k.org_id,
        orgName: k.org_name,
        name: nameNow(k),
        former: k.names.flatMap(({ name, until }) => (until === null ? [] : [{ name, until }])),
        attends: k.attends,
        votes: k.votes,
        agenda: k.agenda,
        retiredOn: k.retired_on,
        version: k.version,
        can: ctx.actor.holds('meetings.kinds', k.path) === true,
      })),
      can: { add: ctx.actor.holds('meetings.kinds', org.path) === true },
    }
  },
})

const Name = z.string().trim().min(2, '名称至少两个字').max(30)
const Agenda = z.array(TemplateItem).max(30).default([])

export const addOwnKind = command('meetings.addOwnKind', {
  title: '增加一类会议',
  input: z.object({ orgId: z.uuid(), name: Name, attends: Attends, votes: z.boolean(), agenda: Agenda }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'meetings.read'),
  may: (actor, org) => actor.holds('meetings.kinds', org.path),
  run: async (ctx, { orgId, name, attends, votes, agenda }, org) => {
    await assertNewName(ctx, org.path, name)
    const id = newId()
    await sql`insert into meetings.own_kind (id, org_id, attends, votes, agenda, added_by, added_at)
      values (${id}, ${orgId}, ${attends}, ${votes}, ${json(agenda)}, ${ctx.actor.personId}::uuid, ${ctx.now})`.execute(ctx.db)
    await sql`insert into meetings.own_kind_name (kind_id, valid, name) values (${id}, daterange(null, null), ${name})`.execute(ctx.db)
    return { id, version: 1 }
  },
})

const Step = z.object({ id: z.uuid(), version: z.int() })

export const changeOwnKind = command('meetings.changeOwnKind', {
  title: '修改一类会议的名称和议程',
  input: Step.extend({ name: Name, agenda: Agenda }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: locked,
  may,
  run: async (ctx, { id, version, name, agenda }, k) => {
    assertStanding(k, version, { name })
    const today = dateAt(ctx.now)
    if (name !== nameNow(k)) {
      await assertNewName(ctx, k.path, name)
      // A name that was given today was never used on an earlier day.
      const { rows } = await sql`update meetings.own_kind_name set name = ${name} where kind_id = ${id} and lower(valid) = ${today}::date
        returning kind_id`.execute(ctx.db)
      if (rows.length === 0) {
        await sql`update meetings.own_kind_name set valid = daterange(lower(valid), ${today}::date)
          where kind_id = ${id} and upper_inf(valid)`.execute(ctx.db)
        await sql`insert into meetings.own_kind_name (kind_id, valid, name) values (${id}, daterange(${today}::date, null), ${name})`.execute(
          ctx.db,
        )
      }
    }
    await sql`update meetings.own_kind set agenda = ${json(agenda)}, version = version + 1 where id = ${id}`.execute(ctx.db)
    return { id, version: version + 1 }
  },
})

export const retireOwnKind = command('meetings.retireOwnKind', {
  title: '停用一类会议',
  input: Step,
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: locked,
  may,
  run: async (ctx, { id, version }, k) => {
    assertStanding(k, version, {})
    // Meetings of today may still be recorded as it.
    await sql`update meetings.own_kind set retired_on = ${dateAt(ctx.now)}::date + 1, version = version + 1 where id = ${id}`.execute(
      ctx.db,
    )
    return { id, version: version + 1 }
  },
})

async function locked(ctx: Ctx, { id }: { id: string }): Promise<OwnKindRow | undefined> {
  const find = () => ownKindsWhere(ctx, sql`k.id = ${id} and ${ctx.actor.within('meetings.read', 'o.path')}`, 1)
  const [seen] = await find()
  if (!seen) return undefined
  await sql`select from meetings.own_kind where id = ${id} for update`.execute(ctx.db)
  return (await find())[0]
}

function may(actor: Ctx['actor'], k: OwnKindRow) {
  return actor.holds('meetings.kinds', k.path)
}

function assertStanding(k: OwnKindRow, version: number, mine: unknown): void {
  if (k.version !== version) throw stale(mine, { name: nameNow(k), retiredOn: k.retired_on })
  if (k.retired_on) throw conflict('kind-retired', '这一类会议已经停用')
}

/** Nobody should have to ask which of two kinds of one name is meant. */
async function assertNewName(ctx: Ctx, path: string, name: string): Promise<void> {
  const known = await ownKindsWhere(ctx, sql`${usableBy(path)} and k.retired_on is null`)
  const taken = Object.values<string>(MEETING_KINDS).includes(name) || known.some((k) => nameNow(k) === name)
  if (taken) throw invalid('same-name', `已有「${name}」这一类会议`, { name: ['已有同名的会议类别，可以直接使用'] })
}
