import { sql } from 'kysely'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { periodFromKey, periodOf } from '#kernel/period.ts'
import { sizeNow } from '#ledger/reading.ts'
import type { Evaluation } from './engine/evaluate.ts'
import type { Practice } from './engine/healthCheck.ts'
import { itemsOf, plan } from './engine/plan.ts'
import { isPersonal, type Scheme } from './engine/scheme.ts'
import type { Declared } from './known.ts'
import { remembered, scoredOn } from './remembered.ts'

/** Of fewer like objects nothing is said: any few may happen to be equal. */
const FEWEST = 5

/** How the indicators of a scheme fare in practice: on the facts of the last period that is over, for the objects of an organisation. */
export async function practiceFor(ctx: Ctx, declared: Declared, scheme: Scheme, orgId: string): Promise<Practice> {
  if (isPersonal(scheme)) return {}
  const period = lastOver(scheme, dateAt(ctx.now))
  const { rows } = await sql<{ id: string }>`select b.id from organisation.org o join organisation.org b on starts_with(b.path, o.path)
    where o.id = ${orgId} order by b.path`.execute(ctx.db)
  const asAt = addDays(periodFromKey(period)!.to, 1)
  const asked = { scheme, period, asAt, through: await sizeNow(ctx.db) }
  const gathered = await remembered(
    ctx.db,
    declared,
    asked,
    rows.map((r) => r.id),
  )
  return gathered.objects.length < FEWEST ? {} : practiceOf(scheme, await scoredOn(ctx.db, gathered, asked))
}

/** The last period of a scheme's length that is over; of the year where it says none. */
function lastOver({ period }: Scheme, today: string): string {
  const kind = period.every === 'unknown' ? 'year' : period.every
  return periodOf(kind, addDays(periodOf(kind, today).from, -1)).key
}

/** Of each indicator: how many different marks it led to, and of how many objects that it concerns there is any record. */
export function practiceOf(scheme: Scheme, { objects }: Pick<Evaluation, 'objects'>): Practice {
  const measured = new Set(
    plan(scheme)
      .sheets.flatMap(({ top }) => itemsOf(top))
      .filter(isMeasured)
      .map((item) => item.path),
  )
  const byPath = Map.groupBy(
    objects.flatMap((o) => o.items),
    (item) => item.path,
  )
  const practice: Practice = {}
  for (const [path, items] of byPath) {
    const marks = items.flatMap(({ score }) => score ?? [])
    const owing = items.filter(({ source, state }) => source === 'fact' || state !== '不适用')
    practice[path] = {
      ...(marks.length >= FEWEST && { distinct: new Set(marks).size }),
      ...(measured.has(path) &&
        owing.length >= FEWEST && { coverage: owing.filter(({ cases }) => cases.some((c) => c.met > 0)).length / owing.length }),
    }
  }
  return practice
}

// Where a rule counts what went wrong, no record is good news and not a lack of data.
const isMeasured = ({ source, rules }: ReturnType<typeof itemsOf>[number]): boolean =>
  (source?.from === 'duty' || source?.from === 'fact') &&
  rules.every(
    ({ rule }) => !['bonus', 'penalty', 'zero', 'veto'].includes(rule.kind) && !(rule.kind === 'deduct' && rule.counts === 'occurrences'),
  )
