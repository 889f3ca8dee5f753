import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, forbidden, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { headNow } from '#ledger/reading.ts'
import { check } from '../engine/healthCheck.ts'
import { checkScheme, fingerprint } from '../engine/load.ts'
import { isPersonal, PERSONAL_REASON } from '../engine/scheme.ts'
import { stabilityOf } from '../engine/stability.ts'
import { type Declared, knownMeasures } from '../known.ts'
import { orgIdsUnder } from '../objects.ts'
import { notRunning, policy } from '../policy.ts'
import { practiceOf } from '../practice.ts'
import { type AskedAt, remembered, scoredOn } from '../remembered.ts'
import { SchemeRef } from '../schemes.ts'
import { tables } from '../tables.ts'
import { comparison } from './comparing.ts'
import { PeriodKey, seenBoth } from './entries.ts'
import { lastDay } from './evaluating.ts'
import { WarningShape } from './schemes.ts'

const Change = z.object({
  orgId: z.uuid(),
  name: z.string(),
  from: z.string(),
  to: z.string(),
  scoreBefore: z.string().nullable(),
  scoreAfter: z.string().nullable(),
  /** The indicators whose marks changed, the largest change first. */
  by: z.array(z.object({ path: z.string(), name: z.string(), before: z.string().nullable(), after: z.string().nullable() })),
})

export const whatIf = (declared: Declared) =>
  command('evaluation.whatIf', {
    title: '改一改试算：用已过考核期的实绩',
    input: SchemeRef.extend({
      orgId: z.uuid(),
      period: PeriodKey,
      /** The changed copy. */
      content: z.any(),
      /** The number that an earlier answer stated, so that a series of trials rests on the same facts. */
      through: z.int().min(0).optional(),
    }),
    output: z.object({
      through: z.int(),
      objects: z.int(),
      milliseconds: z.int(),
      grades: z.array(z.object({ name: z.string(), before: z.int(), after: z.int() })),
      changes: z.array(Change),
      /** How many objects' scores changed at all. */
      moved: z.int(),
      warnings: z.array(WarningShape),
      /** How the order of like organisations answers when one weight moves by a tenth. */
      stability: z.object({ pairs: z.int(), flipped: z.int(), by: z.string().nullable(), still: z.int(), items: z.int() }),
      /** How many trials of this scheme on this period there have been here, this one included. */
      trials: z.int(),
    }),
    load: seenBoth,
    may: (actor, { org, found }) => (isPersonal(found.scheme) ? forbidden('personal-scheme', PERSONAL_REASON) : policy.manage(actor, org)),
    run: async (ctx, { period, content, through }, { org, found }) => {
      const started = performance.now()
      const running = notRunning(ctx, period)
      if (running !== true) throw running
      await assertNotFrozen(ctx, org, found.scheme.key, period)
      const loaded = checkScheme(content)
      if ('errors' in loaded) {
        const fields = Object.fromEntries(loaded.errors.map((e) => [e.place, [`${e.problem}。${e.remedy}`]]))
        throw invalid('bad-scheme', '方案有几处需要修改，改好后再试算', fields)
      }
      const size = through ?? (await headNow(ctx.db))?.size ?? 0
      const asked = { scheme: found.scheme, period, asAt: lastDay(ctx, period), through: size }
      const orgIds = await orgIdsUnder(ctx, org.path)
      const gathered = await remembered(ctx.db, declared, asked, orgIds)
      const before = await scoredOn(ctx.db, gathered, asked)
      const after = await scoredOn(ctx.db, gathered, { ...asked, scheme: loaded.scheme })
      const compared = comparison(before, after, loaded.scheme)
      const groups = new Map(gathered.objects.map((o) => [o.orgId, o.group]))
      const stability = await stabilityOf(after.objects, (id) => groups.get(id) ?? '')
      const trials = await logTrial(ctx, { ...asked, scheme: loaded.scheme, orgId: org.id, ...compared })
      return {
        through: size,
        objects: before.objects.length,
        milliseconds: Math.round(performance.now() - started),
        ...compared,
        stability,
        trials,
        warnings: check(loaded.scheme, knownMeasures(declared), practiceOf(loaded.scheme, after)),
      }
    },
  })

/** While the results of a period are frozen and being checked, nobody tries what another scheme would make of them. */
async function assertNotFrozen(ctx: Ctx, org: { path: string }, key: string, period: string): Promise<void> {
  const { rows } = await sql`select 1 from evaluation.run r join evaluation.scheme s on s.id = r.scheme_id
    join organisation.org o on o.id = r.org_id
    where s.key = ${key} and r.period = ${period} and r.state <> 'final'
      and (starts_with(${org.path}, o.path) or starts_with(o.path, ${org.path})) limit 1`.execute(ctx.db)
  if (rows.length > 0)
    throw conflict('data-frozen', '这一期的数据已经冻结，结果正在核对，不能再用它试改方案。结果确定以后，可以用来研究下一期的方案')
}

interface Tried extends AskedAt {
  orgId: string
  moved: number
  changes: unknown[]
}

/** Keeps that it was tried; answers how often so far. */
async function logTrial(ctx: Ctx, { orgId, scheme, period, through, moved, changes }: Tried): Promise<number> {
  await tables(ctx)
    .insertInto('evaluation.trial')
    .values({
      org_id: orgId,
      id: newId(),
      scheme_key: scheme.key,
      period,
      fingerprint: fingerprint(scheme),
      through,
      moved,
      regraded: changes.length,
      tried_by: ctx.actor.personId,
      tried_at: ctx.now,
    })
    .execute()
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from evaluation.trial
    where org_id = ${orgId} and scheme_key = ${scheme.key} and period = ${period}`.execute(ctx.db)
  return rows[0]!.n
}
