import { createHash } from 'node:crypto'
import { newId } from '#kernel/id.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import type { Record } from '../compose.ts'
import type { ImportCtx, Line } from './importMeetings.ts'
import type { KnownMeeting } from './knownMeetings.ts'
import { paperRecord } from './paperRecord.ts'
import type { rosters } from './rosters.ts'

export interface Planned {
  what: 'new' | 'changed' | 'unchanged'
  record: Record
  before: KnownMeeting | undefined
}

/** Decides what becomes of a row: new, changed against what an earlier file said, or unchanged; adds its warnings to the line. */
export async function planRow(
  ctx: ImportCtx,
  line: Line,
  org: OrgCard,
  roster: ReturnType<typeof rosters>,
  known: readonly KnownMeeting[],
  nth: Map<string, number>,
): Promise<Planned> {
  const { values } = line
  const [date, kinds] = [values.date!, [...values.kinds].sort().join('+')]
  const counted = `${org.id}|${date}|${kinds}`
  nth.set(counted, (nth.get(counted) ?? 0) + 1)
  const key = `${date}|${kinds}|${nth.get(counted)}`
  const hash = createHash('sha256').update(JSON.stringify(values)).digest('hex')
  const before = known.find((m) => m.org_id === org.id && m.source_key === key)
  const record = await paperRecord(ctx, line, org, await roster(org, values.kinds, date), before?.id ?? newId())
  record.meeting.source_key = key
  record.meeting.source_hash = hash
  if (!before) return { what: isLive(line, org, known) ? 'unchanged' : 'new', record, before }
  if (before.source_hash === hash || keeps(line, before)) return { what: 'unchanged', record, before }
  record.meeting.version = before.version + 1
  record.meeting.recorded_at = before.recorded_at
  return { what: 'changed', record, before }
}

/** Recorded at work already: the record there stands, and the row is only compared. */
function isLive({ row, values, issues }: Line, org: OrgCard, known: readonly KnownMeeting[]): boolean {
  const live = known.some(
    (m) =>
      m.org_id === org.id &&
      m.source_key === null &&
      m.held_on === values.date &&
      m.state !== 'cancelled' &&
      m.kinds.some((k) => (values.kinds as string[]).includes(k)),
  )
  if (live)
    issues.push({
      ...at(row),
      problem: '这次会已在系统里记过，以系统里的记录为准，没有重复导入',
      remedy: '要改的话，请打开那条记录补充更正',
    })
  return live
}

/** A record that was corrected or cancelled since is not overwritten by a file. */
function keeps({ row, issues }: Line, before: KnownMeeting): boolean {
  const why = before.state === 'cancelled' ? '这条记录已作废' : before.corrected ? '这条记录导入后已更正过' : null
  if (why) issues.push({ ...at(row), problem: `${why}，文件里的改动没有导入`, remedy: '要改的话，请打开那条记录补充更正' })
  return why !== null
}

const at = (row: number) => ({ row, column: '', level: 'warning' as const, value: '' })
