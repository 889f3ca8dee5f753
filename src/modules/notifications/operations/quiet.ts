import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '#kernel/actor.ts'
import { all, forbidden, invalid, stale, type Verdict } from '#kernel/errors.ts'
import { NOWHERE } from '#kernel/id.ts'
import { anyone, type Ctx, command, query } from '#kernel/operation.ts'

const Hour = z.int().min(0).max(23)
/** Null: none. */
const Hours = z.object({ from: Hour, until: Hour }).nullable()
const Asked = z.object({
  hours: z.strictObject({ from: Hour, until: Hour }).nullable(),
  /** 0 while none are set. */
  version: z.int().min(0),
})
const State = z.object({ hours: Hours, version: z.int() })

export const quiet = query('notifications.quiet', {
  title: '看安静时段',
  input: z.object({}),
  output: z.object({ unit: State, own: State, can: z.object({ unit: z.boolean(), own: z.boolean() }) }),
  may: anyone,
  run: async (ctx) => {
    const own = ctx.actor.personId
    return {
      unit: await stateOf(ctx, NOWHERE),
      own: own ? await stateOf(ctx, own) : { hours: null, version: 0 },
      can: { unit: atTop(ctx.actor) === true, own: own !== null },
    }
  },
})

export const setQuiet = command('notifications.setQuiet', {
  title: '设置全单位的安静时段',
  input: Asked,
  output: State,
  may: (actor) => atTop(actor),
  run: (ctx, input) => store(ctx, NOWHERE, input),
})

export const setOwnQuiet = command('notifications.setOwnQuiet', {
  title: '设置自己的安静时段',
  input: Asked,
  output: State,
  may: (actor) => actor.personId !== null || forbidden('no-person', '这个账号不是某个人的，没有自己的安静时段'),
  run: (ctx, input) => store(ctx, ctx.actor.personId!, input),
})

/** One setting holds for the whole unit: who sets it must be entitled at its top. */
function atTop(actor: Actor): Verdict {
  const top = actor.grantsOf('notifications.manage').some((g) => g.path.split('/').filter(Boolean).length <= 1)
  return all(actor.holdsAnywhere('notifications.manage'), top || forbidden('not-at-top', '全单位的安静时段由最上级党组织设置'))
}

async function store(ctx: Ctx, id: string, { hours, version }: z.output<typeof Asked>): Promise<z.output<typeof State>> {
  if (hours && hours.from === hours.until)
    throw invalid('no-hours', '起止不能是同一个钟点；不要安静时段请选「不设」', { 'hours.until': ['请选别的钟点'] })
  const row = await lockedRow(ctx, id)
  if ((row?.version ?? 0) !== version) throw stale(hours, row ?? null)
  if (!hours) await sql`delete from notifications.quiet where id = ${id}`.execute(ctx.db)
  else {
    const values = sql`${hours.from}, ${hours.until}, ${ctx.actor.personId}::uuid, ${ctx.now}`
    const { rows } = row
      ? await sql`update notifications.quiet set (from_hour, until_hour, changed_by, changed_at) = (${values}), version = version + 1
          where id = ${id} returning id`.execute(ctx.db)
      : await sql`insert into notifications.quiet (id, from_hour, until_hour, changed_by, changed_at) values (${id}, ${values})
          on conflict do nothing returning id`.execute(ctx.db)
    if (rows.length === 0) throw stale(hours, { version: 1 })
  }
  return stateOf(ctx, id)
}

async function lockedRow(ctx: Ctx, id: string): Promise<{ version: number } | undefined> {
  const { rows } = await sql<{ version: number }>`select version from notifications.quiet where id = ${id} for update`.execute(ctx.db)
  return rows[0]
}

async function stateOf(ctx: Ctx, id: string): Promise<z.output<typeof State>> {
  const { rows } = await sql<{ from: number; until: number; version: number }>`select from_hour as "from", until_hour as until, version
    from notifications.quiet where id = ${id}`.execute(ctx.db)
  const [row] = rows
  return row ? { hours: { from: row.from, until: row.until }, version: row.version } : { hours: null, version: 0 }
}
