import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#kernel/database.ts'
import { titleOfKind } from '#modules/ledger/published.ts'
import { MEETING_KINDS, type MeetingKind } from '#modules/meetings/contract.ts'

/** A fact as the provenance of a number shows it. */
export const FactLine = z.object({
  id: z.uuid(),
  /** Its number in the ledger; null while it waits for one. */
  n: z.int().nullable(),
  kind: z.string(),
  title: z.string(),
  line: z.string(),
  happenedOn: z.iso.date(),
  recordedOn: z.iso.date(),
  orgId: z.uuid(),
  /** The page of the record. */
  open: z.string().nullable(),
  /** The page of its inclusion proof. */
  proof: z.string(),
})
export type FactLine = z.output<typeof FactLine>

interface Row {
  id: string
  n: number | null
  kind: string
  subject: string
  orgId: string
  happenedOn: string
  recordedOn: string
  body: Record<string, any>
}

/** Facts by id, each with its number and the pages that show the record and its proof. */
export async function factLines(db: Db, ids: readonly string[]): Promise<Map<string, FactLine>> {
  if (ids.length === 0) return new Map()
  const { rows } =
    await sql<Row>`select f.id, e.n, f.kind, f.subject, f.org_id as "orgId", to_char(f.happened_on, 'YYYY-MM-DD') as "happenedOn",
      to_char(f.recorded_at at time zone 'Asia/Shanghai', 'YYYY-MM-DD') as "recordedOn", f.body
    from ledger.fact f left join ledger.entry e on e.org_id = f.org_id and e.fact_id = f.id
    where f.id = any(${[...new Set(ids)]}::uuid[])`.execute(db)
  return new Map(rows.map((r) => [r.id, lineOf(r)]))
}

const lineOf = ({ subject, body, ...r }: Row): FactLine => ({
  ...r,
  n: r.n === null ? null : Number(r.n),
  title: titleOf(r.kind, body),
  line: detailOf(body),
  open: openOf(r.kind, subject, body),
  proof: `/ledger?fact=${r.n ?? r.id}`,
})

const titleOf = (kind: string, body: Record<string, any>): string =>
  Array.isArray(body.kinds) ? body.kinds.map((k) => MEETING_KINDS[k as MeetingKind] ?? k).join('、') : titleOfKind(kind)

const detailOf = (body: Record<string, any>): string =>
  [
    typeof body.expected === 'number' && typeof body.present === 'number' && `应到 ${body.expected}，实到 ${body.present}`,
    body.late === true && '补录',
    body.paper === true && '已归档（纸质）',
  ]
    .filter(Boolean)
    .join('，')

function openOf(kind: string, subject: string, body: Record<string, any>): string | null {
  if (kind.startsWith('meeting.')) return `/meetings/${subject}`
  if (kind === 'vote.taken' && body.meetingId) return `/meetings/${body.meetingId}`
  return null
}
