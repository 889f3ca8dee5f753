import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { type DatedTable, holdFrom } from '#kernel/dated.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { assertThere, orgSeen } from '#modules/organisation/published.ts'
import { Cents, Method, Month, Payer, Rounding, yuan } from '../contract.ts'
import { pay as enterPayment, makeList as makeTheList, setBase as setTheBase, takeBackFacts } from '../keep.ts'
import { firstOf, lastOf } from '../months.ts'
import { homeOf, keptHome, keptOrg } from '../place.ts'
import { basesOn } from '../plan.ts'
import { record } from '../record.ts'

export const setBase = command('dues.setBase', {
  title: '登记党费基数',
  input: z.object({
    personId: z.uuid(),
    payer: Payer,
    /** The monthly base in cents; of a farmer the amount agreed. */
    cents: Cents,
    /** From this month on. */
    month: Month,
  }),
  output: z.object({ personId: z.uuid() }),
  load: (ctx, { personId }) => keptHome(ctx, personId),
  may: (actor, org) => actor.holds('dues.manage', org.path),
  run: async (ctx, input, org) => {
    await setTheBase(ctx, org.id, input)
    return { personId: input.personId }
  },
})

export const revealBase = command('dues.revealBase', {
  title: '看党费基数',
  input: z.object({ personId: z.uuid() }),
  output: z.object({ cents: z.int().nullable() }),
  secret: true,
  load: async (ctx, { personId }) => (personId === ctx.actor.personId ? homeOf(ctx, personId) : keptHome(ctx, personId)),
  may: (actor, org, { personId }) => personId === actor.personId || actor.holds('dues.manage', org.path),
  run: async (ctx, { personId }) => {
    const base = (await basesOn(ctx.db, [personId], dateAt(ctx.now))).get(personId)
    return { cents: base?.cents ?? null }
  },
})

export const makeList = command('dues.makeList', {
  title: '生成当月应交党费名单',
  input: z.object({ orgId: z.uuid(), month: Month }),
  output: z.object({ added: z.int(), changed: z.int(), withoutBase: z.int() }),
  load: (ctx, { orgId }) => keptOrg(ctx, orgId),
  may: (actor, org) => actor.holds('dues.manage', org.path),
  run: async (ctx, { month }, org) => {
    assertThere(org, lastOf(month) < dateAt(ctx.now) ? lastOf(month) : dateAt(ctx.now), 'month')
    return makeTheList(ctx, org, month)
  },
})

export const pay = command('dues.pay', {
  title: '登记党员交来的党费',
  input: z.object({
    orgId: z.uuid(),
    month: Month,
    items: z
      .array(z.strictObject({ personId: z.uuid(), cents: Cents }))
      .min(1)
      .max(200),
    paidOn: z.iso.date(),
    method: Method,
  }),
  output: z.object({ count: z.int(), cents: z.int() }),
  load: (ctx, { orgId }) => keptOrg(ctx, orgId),
  may: (actor, org) => actor.holds('dues.manage', org.path),
  run: async (ctx, { month, items, paidOn, method }, org) => {
    notAhead(ctx, paidOn)
    for (const { personId, cents } of items) await enterPayment(ctx, org.id, { personId, month, cents, paidOn, method })
    return { count: items.length, cents: items.reduce((sum, { cents }) => sum + cents, 0) }
  },
})

function notAhead(ctx: Pick<Ctx, 'now'>, paidOn: string) {
  if (paidOn > dateAt(ctx.now)) throw invalid('ahead', '交纳日期在今天以后，请填实际交纳的日期', { paidOn: ['不能晚于今天'] })
}

interface Taken {
  id: string
  orgId: string
  takenBack: boolean
  version: number
  path: string
}

const takenRow = async (ctx: Ctx, table: 'payment' | 'donation', id: string): Promise<Taken | undefined> => {
  const { rows } = await sql<Taken>`select t.id, t.org_id as "orgId", t.taken_back as "takenBack", t.version, o.path
    from ${sql.table(`dues.${table}`)} t join organisation.org o on o.id = t.org_id where t.id = ${id} for update of t`.execute(ctx.db)
  const row = rows[0]
  return row && ctx.actor.holds('dues.manage', row.path) === true ? row : undefined
}

const Step = z.object({ id: z.uuid(), version: z.int() })

const takingBack = <N extends string>(name: N, table: 'payment' | 'donation', title: string) =>
  command(name, {
    title,
    input: Step,
    output: Step,
    load: (ctx, { id }) => takenRow(ctx, table, id),
    may: (actor, row) => actor.holds('dues.manage', row.path),
    run: async (ctx, { version }, row) => {
      if (version !== row.version) throw stale({ version }, { takenBack: row.takenBack, version: row.version })
      if (row.takenBack) throw conflict('taken-back', '这一笔已经撤回过')
      await sql`update ${sql.table(`dues.${table}`)} set taken_back = true, version = version + 1 where id = ${row.id}`.execute(ctx.db)
      await takeBackFacts(ctx, row.orgId, row.id, table === 'payment' ? 'dues.paid' : 'dues.donated', 'mistake')
      return { id: row.id, version: row.version + 1 }
    },
  })

export const takeBackPayment = takingBack('dues.takeBackPayment', 'payment', '撤回登记错的一笔党费')
export const takeBackDonation = takingBack('dues.takeBackDonation', 'donation', '撤回登记错的一笔自愿多交')

export const donate = command('dues.donate', {
  title: '登记自愿一次多交',
  input: z.object({ orgId: z.uuid(), personId: z.uuid(), cents: Cents, paidOn: z.iso.date() }),
  output: z.object({ id: z.uuid() }),
  load: async (ctx, { orgId, personId }) => {
    const home = await homeOf(ctx, personId)
    return home?.id === orgId ? keptOrg(ctx, orgId) : undefined
  },
  may: (actor, org) => actor.holds('dues.manage', org.path),
  run: async (ctx, { orgId, personId, cents, paidOn }) => {
    notAhead(ctx, paidOn)
    const id = newId()
    await sql`insert into dues.donation (id, org_id, person_id, paid_on, cents)
      values (${id}, ${orgId}, ${personId}, ${paidOn}, ${cents})`.execute(ctx.db)
    record(ctx, 'dues.donated', { subject: id, orgId, personId, happenedOn: paidOn, body: { cents } })
    return { id }
  },
})

export const disclose = command('dues.disclose', {
  title: '公布一年的党费收缴情况',
  input: z.object({ orgId: z.uuid(), year: z.int().min(2008).max(2100) }),
  output: z.object({ year: z.int(), owed: z.string(), paid: z.string() }),
  load: (ctx, { orgId }) => keptOrg(ctx, orgId),
  may: (actor, org) => actor.holds('dues.manage', org.path),
  run: async (ctx, { orgId, year }) => {
    const { rows } = await sql<{ owed: number; paid: number }>`select
        (select coalesce(sum(cents), 0)::int from dues.owed where org_id = ${orgId} and extract(year from month) = ${year}) as owed,
        (select coalesce(sum(cents), 0)::int from dues.payment where org_id = ${orgId} and extract(year from month) = ${year}
          and not taken_back) as paid`.execute(ctx.db)
    const { owed, paid } = rows[0]!
    if (owed === 0) throw conflict('nothing-to-disclose', `${year} 年还没有应交名单，没有可公布的`)
    record(ctx, 'dues.disclosed', { subject: orgId, orgId, body: { year } })
    return { year, owed: yuan(owed), paid: yuan(paid) }
  },
})

const ROUNDING: DatedTable = { table: 'dues.rounding', key: ['org_id'] }

export const chooseRounding = command('dues.chooseRounding', {
  title: '选定党费的分角取整',
  input: z.object({ orgId: z.uuid(), mode: Rounding, month: Month }),
  output: z.object({ orgId: z.uuid() }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'dues.oversee'),
  may: (actor, org) => actor.holds('dues.oversee', org.path),
  run: async (ctx, { orgId, mode, month }) => {
    await sql`select from organisation.org where id = ${orgId} for no key update`.execute(ctx.db)
    await holdFrom(ctx.db, ROUNDING, { org_id: orgId }, firstOf(month), { mode })
    record(ctx, 'rounding.chosen', { subject: orgId, orgId, happenedOn: firstOf(month), body: { mode } })
    return { orgId }
  },
})
