import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import type { Course, LocalRules, Notice } from './contract.ts'

export interface NoticeRow extends Notice {
  id: string
  orgId: string
  place: string
  resultNote: string
  version: number
}

/** Every 公示 of a person, wherever they stood, in the order of their days. */
export async function noticesOf(db: Db, personId: string): Promise<NoticeRow[]> {
  const { rows } = await sql<NoticeRow>`select n.id, n.org_id as "orgId", n.about, n.from_on as "from", n.until_on as until,
      n.working_days as "workingDays", n.place, n.result, n.result_on as "resultOn", n.result_note as "resultNote", n.version
    from development.course c join development.notice n on n.org_id = c.org_id and n.course_id = c.id
    where c.person_id = ${personId} order by n.from_on, n.id`.execute(db)
  return rows
}

export interface FailureRow {
  id: string
  no: number
  on: string
  votes: { entitled: number; present: number; inFavour: number; against: number; abstained: number }
  meetingId: string
}

/** Every vote on a person that did not pass, in the order of their days. */
export async function failuresOf(db: Db, personId: string): Promise<FailureRow[]> {
  const { rows } = await sql<FailureRow>`select f.id, f.no, f.failed_on as "on", f.votes, f.meeting_id as "meetingId"
    from development.course c join development.failure f on f.org_id = c.org_id and f.course_id = c.id
    where c.person_id = ${personId} order by f.failed_on, f.id`.execute(db)
  return rows
}

export interface LocalRule {
  rule: keyof LocalRules
  orgId: string
  orgName: string
  isOn: boolean
  days: number | null
  months: number | null
  source: string
  version: number
}

/** The unit's own rules that hold for an organisation: of each the one set nearest above it. */
export async function localRulesAt(db: Db, orgId: string): Promise<LocalRule[]> {
  const { rows } =
    await sql<LocalRule>`select distinct on (r.rule) r.rule, r.org_id as "orgId", coalesce(u.short_name, u.name) as "orgName", r.is_on as "isOn",
      r.days, r.months, r.source, r.version
    from organisation.org o join organisation.org u on o.path >= u.path and o.path < u.path || '~'
    join development.local_rule r on r.org_id = u.id where o.id = ${orgId} order by r.rule, length(u.path) desc`.execute(db)
  return rows
}

/** What the rules see beside the steps themselves. */
export async function besideSteps(
  db: Db,
  row: { org_id: string; person_id: string },
): Promise<Required<Pick<Course, 'notices' | 'failures' | 'local'>>> {
  const on = (await localRulesAt(db, row.org_id)).filter(({ isOn }) => isOn)
  const [notice, again] = [on.find(({ rule }) => rule === 'notice'), on.find(({ rule }) => rule === 'again')]
  return {
    notices: await noticesOf(db, row.person_id),
    failures: await failuresOf(db, row.person_id),
    local: {
      notice: notice ? { days: notice.days!, source: notice.source } : null,
      again: again ? { months: again.months!, source: again.source } : null,
    },
  }
}
