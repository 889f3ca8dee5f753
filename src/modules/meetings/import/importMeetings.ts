import type { Actor } from '#kernel/actor.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { invalid } from '#kernel/errors.ts'
import { count, emptyResult, type ImportOptions, type ImportResult } from '#kernel/importing.ts'
import type { FactCtx } from '#ledger/facts.ts'
import { type OrgCard, orgAsker, orgsSeen } from '#modules/organisation/published.ts'
import type { Issue } from '#runtime/sheets/issue.ts'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { recordHeld, takeBack } from '../facts.ts'
import { replace, store } from '../store.ts'
import { knownMeetings } from './knownMeetings.ts'
import type { MeetingKey } from './meetingHeads.ts'
import { isMeetingLedger, type MeetingRow, parseMeetings } from './parseMeetings.ts'
import { type Planned, planRow } from './planRow.ts'
import { rosters } from './rosters.ts'

export type ImportCtx = FactCtx & { readonly actor: Actor }
/** A row as read, and where its columns stand in the file. */
export type Line = { row: number; values: MeetingRow; issues: Issue[]; columns: ReadonlyMap<MeetingKey, string> }

const BATCH = 500

/**
 * Imports a year's ledger of meetings (.xlsx, .xls, .csv) in the caller's transaction. A ledger is history: what disagrees with the
 * roster of the day or with today's rules is a warning kept on the record. Records are 已归档（纸质）. The same file twice changes
 * nothing; a changed row replaces what it said before.
 */
export async function importMeetings(ctx: ImportCtx, file: Uint8Array, options: ImportOptions): Promise<ImportResult> {
  const { dryRun, onProgress } = options
  const orgs = new Map((await orgsSeen(ctx, 'meetings.import')).map((org) => [org.id, org]))
  const orgOf = orgAsker([...orgs.values()], options)
  const ledger = await parseMeetings(await openSpreadsheet(file), { orgOf, today: dateAt(ctx.now) })
  if (!isMeetingLedger(ledger)) throw invalid('heads-missing', `${ledger.problem}。${ledger.remedy}`, { file: [ledger.problem] })

  const result = emptyResult()
  const take = batchTaker(ctx, orgs, result, dryRun)
  let lines: Line[] = []
  let read = 0
  for await (const line of ledger.lines()) {
    if (line.skipped !== null) result.skipped++
    else lines.push({ ...line, columns: ledger.table.columns })
    if (++read % BATCH !== 0) continue
    await take(lines)
    lines = []
    onProgress?.(read)
  }
  await take(lines)
  onProgress?.(read)
  result.rows.sort((a, b) => a.row - b.row)
  return result
}

/** Plans and stores some rows; knows what earlier batches held, so that two meetings of one day stay two. */
function batchTaker(ctx: ImportCtx, orgs: ReadonlyMap<string, OrgCard>, result: ImportResult, dryRun: boolean) {
  const nth = new Map<string, number>()
  const roster = rosters(ctx.db)
  return async (lines: readonly Line[]) => {
    const good = lines.filter((line) => !isWrong(line))
    const known = await knownMeetings(
      ctx.db,
      good.map((line) => line.values),
    )
    const planned: Planned[] = []
    for (const line of lines) {
      if (isWrong(line)) {
        count(result, 'wrong', line.issues)
        continue
      }
      const plan = await planRow(ctx, line, orgs.get(line.values.org.id!)!, roster, known, nth)
      count(result, plan.what, line.issues)
      planned.push(plan)
    }
    if (!dryRun) await storePlanned(ctx, planned)
  }
}

const isWrong = ({ issues }: Line) => issues.some(({ level }) => level === 'wrong')

async function storePlanned(ctx: ImportCtx, planned: readonly Planned[]) {
  const fresh = planned.filter((p) => p.what === 'new').map((p) => p.record)
  for (const record of fresh) recordHeld(ctx, record)
  if (fresh.length > 0) await store(ctx.db, fresh)
  for (const { what, record, before } of planned) {
    if (what !== 'changed' || !before) continue
    takeBack(
      ctx,
      { org_id: before.org_id, held_fact: before.held_fact },
      before.vote_facts.map((fact_id) => ({ fact_id })),
    )
    recordHeld(ctx, record)
    await replace(ctx.db, record)
  }
}
