import { z } from 'zod'
import type { Db } from '#kernel/database.ts'
import { forbidden, invalid } from '#kernel/errors.ts'
import { command } from '#kernel/operation.ts'
import { headNow } from '#ledger/reading.ts'
import { type Gathered, gather, subjectsOf } from '../compute.ts'
import { type EvaluatedObject, type Evaluation, evaluate } from '../engine/evaluate.ts'
import { check } from '../engine/healthCheck.ts'
import { checkScheme } from '../engine/load.ts'
import { isPersonal, PERSONAL_REASON, type Scheme } from '../engine/scheme.ts'
import { type Declared, knownMeasures } from '../known.ts'
import { orgIdsUnder } from '../objects.ts'
import { notRunning, policy } from '../policy.ts'
import { SchemeRef } from '../schemes.ts'
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
    }),
    load: seenBoth,
    may: (actor, { org, found }) => (isPersonal(found.scheme) ? forbidden('personal-scheme', PERSONAL_REASON) : policy.manage(actor, org)),
    run: async (ctx, { period, content, through }, { org, found }) => {
      const started = performance.now()
      const running = notRunning(ctx, period)
      if (running !== true) throw running
      const loaded = checkScheme(content)
      if ('errors' in loaded) {
        const fields = Object.fromEntries(loaded.errors.map((e) => [e.place, [`${e.problem}。${e.remedy}`]]))
        throw invalid('bad-scheme', '方案有几处需要修改，改好后再试算', fields)
      }
      const size = through ?? (await headNow(ctx.db))?.size ?? 0
      const asked = { scheme: found.scheme, period, asAt: lastDay(ctx, period), through: size }
      const orgIds = await orgIdsUnder(ctx, org.path)
      const gathered = await remembered(ctx.db, declared, asked, orgIds)
      const before = await scored(ctx.db, gathered, found.scheme, asked)
      const after = await scored(ctx.db, gathered, loaded.scheme, asked)
      return {
        through: size,
        objects: before.objects.length,
        milliseconds: Math.round(performance.now() - started),
        ...comparison(before, after, loaded.scheme),
        warnings: check(loaded.scheme, knownMeasures(declared)),
      }
    },
  })

interface AskedAt {
  scheme: Scheme
  period: string
  asAt: string
  through: number
}

const REMEMBERED = 4
const memory = new Map<string, Gathered>()

/** The cases read for a period through a number, kept while somebody tries changes on them; the least recently used go. */
async function remembered(db: Db, declared: Declared, asked: AskedAt, orgIds: string[]): Promise<Gathered> {
  const key = JSON.stringify([asked.period, asked.asAt, asked.through, asked.scheme.object.kind, orgIds])
  const known = memory.get(key) ?? (await gather(db, declared, { ...asked, orgIds }))
  memory.delete(key)
  memory.set(key, known)
  for (const old of [...memory.keys()].slice(0, -REMEMBERED)) memory.delete(old)
  return known
}

async function scored(db: Db, gathered: Gathered, scheme: Scheme, { period, asAt, through }: AskedAt): Promise<Evaluation> {
  const subjects = await subjectsOf(db, gathered, scheme)
  return evaluate({ scheme, warnings: [], period, asAt, through, treeHead: { size: through, root: '' }, subjects })
}

const UNDECIDED = '未定'

function comparison(before: Evaluation, after: Evaluation, scheme: Scheme) {
  const later = new Map(after.objects.map((o) => [o.org.id, o]))
  const pairs = before.objects.flatMap((b) => {
    const a = later.get(b.org.id)
    return a ? [{ b, a }] : []
  })
  const names = [
    ...new Set([...(scheme.grades?.bands ?? []).map((band) => band.name), ...pairs.flatMap(({ b, a }) => [gradeOf(b), gradeOf(a)])]),
  ]
  return {
    grades: names.map((name) => ({
      name,
      before: pairs.filter(({ b }) => gradeOf(b) === name).length,
      after: pairs.filter(({ a }) => gradeOf(a) === name).length,
    })),
    moved: pairs.filter(({ b, a }) => b.score !== a.score).length,
    changes: pairs
      .filter(({ b, a }) => gradeOf(b) !== gradeOf(a))
      .sort((x, y) => x.b.org.name.localeCompare(y.b.org.name, 'zh'))
      .map(({ b, a }) => ({
        orgId: b.org.id,
        name: b.org.name,
        from: gradeOf(b),
        to: gradeOf(a),
        scoreBefore: b.score,
        scoreAfter: a.score,
        by: movedItems(b, a),
      })),
  }
}

const gradeOf = (o: EvaluatedObject) => o.grade ?? UNDECIDED

function movedItems(b: EvaluatedObject, a: EvaluatedObject) {
  const earlier = new Map(b.items.map((i) => [i.path, i]))
  const paths = [...new Set([...b.items, ...a.items].map((i) => i.path))]
  const later = new Map(a.items.map((i) => [i.path, i]))
  return paths
    .map((path) => {
      const [was, is] = [earlier.get(path), later.get(path)]
      return { path, name: (is ?? was)!.name, before: was?.score ?? null, after: is?.score ?? null }
    })
    .filter((i) => i.before !== i.after)
    .sort((x, y) => change(y) - change(x))
    .slice(0, 20)
}

const change = ({ before, after }: { before: string | null; after: string | null }) => Math.abs(Number(after ?? 0) - Number(before ?? 0))
