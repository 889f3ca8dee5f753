import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { invalid, Refusal } from '#kernel/errors.ts'
import { count, emptyResult, type ImportOptions, type ImportResult } from '#kernel/importing.ts'
import type { FactCtx } from '#ledger/facts.ts'
import { type OrgCard, orgAsker, orgsSeen, unitAsker, type WrittenUnit } from '#modules/organisation/published.ts'
import type { Issue, Remarks } from '#runtime/sheets/issue.ts'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { askToLeave } from '../doors.ts'
import { matchPeople } from './matchPeople.ts'
import { isRoster, parseRoster, type RosterRow } from './parseRoster.ts'
import { type Planned, planPerson } from './planPerson.ts'
import { postPlanner } from './planPosts.ts'
import { storePeople } from './storePeople.ts'

type ImportCtx = FactCtx & { readonly actor: Actor }
type Line = { row: number; values: RosterRow; issues: Issue[] }

const BATCH = 1000

/**
 * Imports a roster (.xlsx, .xls, .csv) in the caller's transaction, a thousand rows at a time, so that memory does not grow with the
 * file. A person is found by identity number, else by 工号, else by name, branch and joining date. A file whose heads cannot be found
 * is refused.
 */
export async function importRoster(ctx: ImportCtx, file: Uint8Array, options: ImportOptions): Promise<ImportResult> {
  const { dryRun, onProgress } = options
  const today = dateAt(ctx.now)
  const orgs = await orgsSeen(ctx, 'members.read')
  const byId = new Map(orgs.map((org) => [org.id, org]))
  const roster = await parseRoster(await openSpreadsheet(file), { branchOf: orgAsker(orgs, options), today })
  if (!isRoster(roster)) throw invalid('heads-missing', `${roster.problem}。${roster.remedy}`, { file: [roster.problem] })

  await byIndex(ctx)
  const result = emptyResult()
  const unitOf = remarkOnce(await unitAsker(ctx, today, options))
  const posts = await postPlanner(ctx, today, options)
  const take = async (lines: readonly Line[]) => {
    const planned = await planLines(ctx, lines, { orgs: byId, today, unitOf, posts }, result)
    if (!dryRun) await storePeople(ctx, planned)
  }
  let lines: Line[] = []
  let read = 0
  // While the database stores a batch, the next one is read.
  let storing = Promise.resolve()
  const hand = async () => {
    await storing
    onProgress?.(read)
    storing = take(lines)
    storing.catch(() => {})
    lines = []
  }
  try {
    for await (const line of roster.lines()) {
      if (line.skipped !== null) result.skipped++
      else lines.push(line)
      if (++read % BATCH === 0) await hand()
    }
    await hand()
  } finally {
    // Nothing may go on after the caller's transaction has ended.
    await storing.catch(() => {})
  }
  await storing
  return result
}

/**
 * The rows this transaction has added are unknown to the planner's statistics, so that it would read whole tables again and again; what
 * is looked up here is always a few people by an index.
 */
const byIndex = ({ db }: ImportCtx) =>
  sql`select set_config('enable_seqscan', 'off', true), set_config('enable_hashjoin', 'off', true),
    set_config('enable_mergejoin', 'off', true)`.execute(db)

async function planLines(
  ctx: ImportCtx,
  lines: readonly Line[],
  { orgs, ...given }: Pick<Parameters<typeof planPerson>[1], 'today' | 'posts'> & { orgs: ReadonlyMap<string, OrgCard>; unitOf: UnitOf },
  result: ImportResult,
): Promise<Planned[]> {
  const isGood = ({ issues, values }: Line) => values.branch.id !== null && !issues.some(({ level }) => level === 'wrong')
  const good = lines.filter(isGood)
  const fitting = await matchPeople(
    ctx.db,
    ctx.actor,
    good.map(({ values }) => values),
  )
  const planned = new Map(
    good.map((line, n) => {
      const org = orgs.get(line.values.branch.id!)!
      const remarks = remarksTo(line)
      const unitOf = (at: OrgCard, written: string) => given.unitOf(at, written, remarks)
      const plan = planPerson({ ...line.values, row: line.row }, { ...given, actor: ctx.actor, org, fitting: fitting[n]!, unitOf }, remarks)
      return [line, plan]
    }),
  )
  refuseTwice(good, planned)
  await refuseHeld(ctx, planned)
  for (const line of lines) count(result, planned.get(line)?.what ?? 'wrong', line.issues)
  return [...planned.values()].filter((plan) => plan !== null)
}

type UnitOf = (org: OrgCard, written: string, remarks: Pick<Remarks, 'warn'>) => WrittenUnit

/** Says of each place of work that is not found once that it is not registered: the same stands in many rows. */
function remarkOnce(unitOf: (org: OrgCard, written: string) => WrittenUnit): UnitOf {
  const said = new Set<string>()
  return (org, written, remarks) => {
    const unit = unitOf(org, written)
    const key = `${org.id}|${written}`
    if (unit === null && !said.has(key))
      remarks.warn(
        '',
        `行政机构里没有找到“${written}”，这样写的人没有登记在哪个单位工作`,
        '在核对页上选定是哪个单位，或先在组织架构里建立这个单位',
      )
    if (unit === null) said.add(key)
    return unit
  }
}

/** Two rows that turn out to be one known person: the first stays. */
function refuseTwice(lines: readonly Line[], planned: Map<Line, Planned | null>) {
  const first = new Map<string, number>()
  for (const line of lines) {
    const plan = planned.get(line)
    if (!plan) continue
    const earlier = first.get(plan.personId)
    first.set(plan.personId, earlier ?? line.row)
    if (earlier === undefined) continue
    remarksTo(line).wrong('', `与第 ${earlier} 行是同一个人`, '一人只留一行；两人的，补上身份证号或工号')
    planned.set(line, null)
  }
}

/** Somebody whom a door keeps on the roster (a transfer on its way) stays there; the other rows go on. */
async function refuseHeld(ctx: ImportCtx, planned: Map<Line, Planned | null>) {
  for (const [line, plan] of planned) {
    if (!plan?.move) continue
    try {
      await askToLeave(ctx, plan.personId)
    } catch (error) {
      if (!(error instanceof Refusal)) throw error
      remarksTo(line).wrong('', error.message, '这一行没有编入；办结或撤回以后再导入')
      planned.set(line, null)
    }
  }
}

function remarksTo({ row, issues }: Line) {
  const add = (level: Issue['level']) => (_at: unknown, problem: string, remedy: string) =>
    void issues.push({ row, column: '', level, value: '', problem, remedy })
  return { wrong: add('wrong'), warn: add('warning') }
}
