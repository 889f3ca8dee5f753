import { sql } from 'kysely'
import { z } from 'zod'
import type { Db } from '#kernel/database.ts'
import { periodFromKey } from '#kernel/period.ts'
import { CANCEL_REASONS, type CancelReason, MEETING_KINDS, type MeetingKind } from '#modules/meetings/contract.ts'
import { isDimension, type PlannedDimension, type PlannedItem, plan } from './engine/plan.ts'
import type { Scheme } from './engine/scheme.ts'
import { FactLine, factLines } from './ledgerFacts.ts'
import type { ItemView } from './view.ts'

export const LeftOut = FactLine.extend({ why: z.string() })
type LeftOut = z.output<typeof LeftOut>

interface Of {
  org: { id: string }
  scheme: Scheme
  period: string
  asAt: string
  through: number
  /** Null for a live result, which counts what has no number yet. */
  run: object | null
}

/** Meetings that a doubter would expect in the number and does not find there, in the order of their days. */
export async function leftOutOf(db: Db, of: Of, item: Pick<ItemView, 'path' | 'cases'>): Promise<LeftOut[]> {
  const asked = askedFor(of.scheme, item.path)
  const span = periodFromKey(of.period)
  if (!asked || !span) return []
  const meetings = await meetingsOf(
    db,
    of,
    asked.kind,
    span,
    item.cases.flatMap((c) => c.facts),
  )
  const lines = await factLines(
    db,
    meetings.map((m) => m.id),
  )
  return meetings.flatMap((m) => {
    const line = lines.get(m.id)
    return line ? [{ ...line, why: whyNot(m, asked, of) }] : []
  })
}

interface Asked {
  kind: MeetingKind
  half: boolean
}

/** The kind of meeting that an indicator counts, if it counts meetings; `half` where fewer than half of those entitled do not count. */
function askedFor(scheme: Scheme, path: string): Asked | undefined {
  const item = plan(scheme)
    .sheets.flatMap(({ top }) => leaves(top))
    .find((i) => i.path === path)
  for (const source of [item?.source, ...(item?.rules ?? []).map((r) => r.source)]) {
    if (source?.from !== 'duty' && source?.from !== 'fact') continue
    const kind = source.filter?.duty ?? source.filter?.kind
    if (kind && kind in MEETING_KINDS) return { kind: kind as MeetingKind, half: source.filter?.quorate === 'required' }
  }
  return undefined
}

const leaves = (node: PlannedDimension | PlannedItem): PlannedItem[] => (isDimension(node) ? node.children.flatMap(leaves) : [node])

interface Meeting {
  id: string
  n: number | null
  on: string
  kinds: MeetingKind[]
  entitled: number | null
  entitledPresent: number | null
  retracted: boolean
  cancelled: CancelReason | null
  /** The kinds that a later correction gave it. */
  corrected: MeetingKind[] | null
}

/** Recorded meetings of the kind in the span of which no fact was counted, the cancelled and retracted ones included. */
async function meetingsOf(db: Db, { org }: Of, kind: MeetingKind, { from, to }: { from: string; to: string }, counted: string[]) {
  const later = (what: string) => sql`from ledger.fact l where l.org_id = f.org_id and l.subject = f.subject and l.kind = ${what}
    order by l.recorded_at desc limit 1`
  const { rows } = await sql<Meeting>`
    select f.id, e.n, to_char(f.happened_on, 'YYYY-MM-DD') as on, f.body -> 'kinds' as kinds, f.body -> 'entitled' as entitled,
      f.body -> 'entitledPresent' as "entitledPresent",
      exists (select from ledger.fact r where r.org_id = f.org_id and r.kind = 'fact.retracted' and r.subject = f.id) as retracted,
      (select l.body ->> 'reason' ${later('meeting.cancelled')}) as cancelled,
      (select l.body -> 'kinds' ${later('meeting.corrected')}) as corrected
    from ledger.fact f left join ledger.entry e on e.org_id = f.org_id and e.fact_id = f.id
    where f.org_id = ${org.id} and f.kind = 'meeting.held' and f.happened_on >= ${from} and f.happened_on <= ${to}
      and f.body -> 'kinds' @> ${JSON.stringify([kind])}::jsonb
      and not exists (select from ledger.fact c where c.org_id = f.org_id and c.subject = f.subject and c.id = any(${counted}::uuid[]))
    order by f.happened_on, f.id`.execute(db)
  return rows
}

/** The first reason that holds; the wording says what would have to be different. */
function whyNot(m: Meeting, { kind, half }: Asked, { asAt, through, run }: Of): string {
  const title = MEETING_KINDS[kind]
  if (m.cancelled) return `记录已作废：${CANCEL_REASONS[m.cancelled]}`
  if (m.retracted) return '记录已撤回，原文仍在账本里'
  if (run && (m.n === null || Number(m.n) > through)) return `结果按账本第 ${through} 号计算，这条是后来存入的`
  if (m.on > asAt) return `在计算的那天（${asAt}）之后`
  if (m.corrected && !m.corrected.includes(kind)) return `已更正，不再是${title}`
  const first = (m.corrected ?? m.kinds)[0]!
  if (half && m.entitled !== null && m.entitledPresent !== null && m.entitledPresent * 2 < m.entitled)
    return `有表决权的应到 ${m.entitled} 人，实到 ${m.entitledPresent} 人，不到半数`
  if (first !== kind) return `一次会兼作几类，这次以${MEETING_KINDS[first]}为主，按规则不再计作${title}`
  return `这一期按规则没有应办的${title}，或已豁免`
}
