import { type RawBuilder, sql } from 'kysely'
import { addDays, addMonths, dateAt } from '#kernel/civilDate.ts'
import type { Db } from '#kernel/database.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { Cause, Direction, State } from './contract.ts'
import { LONGEST_MONTHS } from './contract.ts'

export interface Transfer {
  id: string
  direction: Direction
  state: State
  personId: string
  name: string
  fromId: string | null
  toId: string | null
  fromName: string
  toName: string
  /** Where both sides stand today; null for the outside. */
  fromPath: string | null
  toPath: string | null
  letterNo: string
  cause: Cause
  sentOn: string
  validUntil: string
  settledOn: string | null
  reason: string | null
  note: string | null
  endPosts: string[]
  membershipId: string | null
  version: number
}

/** The columns of a `Transfer` of `transfers.transfer t` with both organisations and the person. */
export const transferRows = sql`select t.id, t.direction, t.state, t.person_id as "personId", p.name, t.from_id as "fromId", t.to_id as "toId",
    coalesce(a.name, t.place) as "fromName", coalesce(b.name, t.place) as "toName", a.path as "fromPath", b.path as "toPath",
    t.letter_no as "letterNo", t.cause, t.sent_on as "sentOn", t.valid_until as "validUntil", t.settled_on as "settledOn", t.reason,
    t.note, t.end_posts as "endPosts", t.membership_id as "membershipId", t.version
  from transfers.transfer t
  join organisation.person p on p.id = t.person_id
  left join organisation.org a on a.id = t.from_id
  left join organisation.org b on b.id = t.to_id`

/** Transfers of which one side lies where the actor reads. */
export const seenRows = (ctx: Pick<Ctx, 'actor'>): RawBuilder<boolean> =>
  sql<boolean>`(${ctx.actor.within('transfers.read', 'a.path')} or ${ctx.actor.within('transfers.read', 'b.path')})`

/** The transfer when the actor reads at one of its sides or is the person themselves; `lock` holds it for a change. */
export async function transferSeen(ctx: Pick<Ctx, 'db' | 'actor'>, id: string, lock = false): Promise<Transfer | undefined> {
  if (lock) await sql`select from transfers.transfer where id = ${id} for update`.execute(ctx.db)
  const { rows } = await sql<Transfer>`${transferRows} where t.id = ${id}`.execute(ctx.db)
  const found = rows[0]
  if (!found) return undefined
  const reads = [found.fromPath, found.toPath].some((path) => path !== null && ctx.actor.holds('transfers.read', path) === true)
  return reads || found.personId === ctx.actor.personId ? found : undefined
}

/** The transfer of a person that waits for an answer, if there is one. */
export async function openTransferOf(db: Db, personId: string): Promise<Transfer | undefined> {
  const { rows } = await sql<Transfer>`${transferRows} where t.person_id = ${personId} and t.state = 'sent'`.execute(db)
  return rows[0]
}

export const assertSent = ({ state }: Transfer): void => {
  if (state !== 'sent') throw conflict('transfer-settled', '这次转接已经办结，请刷新后再看')
}

/** The last day of a letter issued on `from` for so many days; never beyond three months. */
export function validUntil(from: string, days: number): string {
  const until = addDays(from, days)
  if (until > addMonths(from, LONGEST_MONTHS))
    throw invalid('letter-too-long', `介绍信有效期最长 ${LONGEST_MONTHS} 个月，请填短一些`, { days: [`最长 ${LONGEST_MONTHS} 个月`] })
  return until
}

/**
 * The next number of the organisation that issues letters for a branch: the committee nearest above it, else the highest above it.
 * Numbers run through the year without a gap; the issuer is held until the transaction ends.
 */
export async function nextLetter(ctx: Pick<Ctx, 'db'>, path: string, issuedOn: string): Promise<Letter> {
  const year = Number(issuedOn.slice(0, 4))
  const { rows: issuers } = await sql<{ id: string }>`select id from organisation.org o
    where ${path} like o.path || '%' order by (o.kind in ('partyCommittee', 'workCommittee')) desc,
      case when o.kind in ('partyCommittee', 'workCommittee') then -length(o.path) else length(o.path) end limit 1`.execute(ctx.db)
  const issuerId = issuers[0]!.id
  await sql`select from organisation.org where id = ${issuerId} for no key update`.execute(ctx.db)
  const { rows } = await sql<{ last: number }>`select coalesce(max(serial), 0) as last from transfers.letter
    where issuer_id = ${issuerId} and year = ${year}`.execute(ctx.db)
  const serial = rows[0]!.last + 1
  return { issuerId, year, serial, issuedOn, letterNo: `组转字〔${year}〕第 ${String(serial).padStart(4, '0')} 号` }
}

export interface Letter {
  issuerId: string
  year: number
  serial: number
  issuedOn: string
  letterNo: string
}

/** Keeps the counterfoil. */
export const keepLetter = ({ db }: Pick<Ctx, 'db'>, transferId: string, { issuerId, year, serial, issuedOn }: Letter, until: string) =>
  sql`insert into transfers.letter (transfer_id, issuer_id, year, serial, issued_on, valid_until)
    values (${transferId}, ${issuerId}, ${year}, ${serial}, ${issuedOn}, ${until})`.execute(db)

/** A day that lies neither before `from` nor in the future. */
export function assertBetween(ctx: Pick<Ctx, 'now'>, on: string, from: string, what: string, field = 'on'): void {
  const today = dateAt(ctx.now)
  if (on > today) throw invalid('day-to-come', '这一天还没有到，请填今天或以前', { [field]: ['请填今天或以前'] })
  if (on < from) throw invalid('day-too-early', `${what}是 ${from}，请填这一天或以后`, { [field]: [`请填 ${from} 或以后`] })
}
