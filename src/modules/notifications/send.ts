import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { NOWHERE } from '#kernel/id.ts'
import { ATTEMPTS, type Channel, KEPT_DAYS } from './contract.ts'
import { hourAt, quietAt } from './quiet.ts'
import { openAddress, services } from './services.ts'

interface Due {
  id: string
  channel: Channel
  subject: string
  body: string
  attempts: number
  person_id: string | null
  org_id: string | null
  mailbox: string | null
  robot: string | null
}

const BATCH = 50
/** While one process tries a message, no other does. */
const HOLD_MINUTES = 5

/** Hands over what is due, each message by itself: what fails is tried again later, and after the last attempt given up and shown. */
export async function sendDue(db: Db, now: Date = new Date()): Promise<{ sent: number; failed: number }> {
  const done = { sent: 0, failed: 0 }
  for (;;) {
    const due = await claim(db, now)
    for (const delivery of due) {
      const failure = await attempt(delivery)
      await note(db, delivery, failure, now)
      done[failure === null ? 'sent' : 'failed']++
    }
    if (due.length < BATCH) return done
  }
}

async function claim(db: Db, now: Date): Promise<Due[]> {
  const { rows } = await sql<Due>`
    with due as (select d.id from notifications.delivery d where d.sent_at is null and d.given_up_at is null and d.due_at <= ${now}
      and (d.at_once or not coalesce((select ${quietAt(hourAt(now))} from notifications.quiet q
        where q.id = d.person_id or q.id = ${NOWHERE} order by (q.id = ${NOWHERE}) limit 1), false))
      order by d.due_at, d.id limit ${BATCH} for update of d skip locked),
    held as (update notifications.delivery d set due_at = ${now}::timestamptz + make_interval(mins => ${HOLD_MINUTES}), attempts = attempts + 1
      from due where d.id = due.id returning d.*)
    select h.id, h.channel, h.subject, h.body, h.attempts, h.person_id, h.org_id, m.address_sealed as mailbox, r.address_sealed as robot
    from held h
    left join notifications.mailbox m on m.person_id = h.person_id
    left join notifications.robot r on r.org_id = h.org_id and r.service = h.channel
    order by h.made_at, h.id`.execute(db)
  return rows
}

/** Null when it was taken over, else why not: in our words, never the other side's, which may repeat addresses. */
async function attempt({ channel, subject, body, person_id, org_id, mailbox, robot }: Due): Promise<string | null> {
  const send = services().channels[channel]
  const sealed = mailbox ?? robot
  if (!send) return '本单位没有开通这种发送方式'
  if (!sealed) return '接收地址已删除'
  try {
    await send(mailbox ? openAddress(mailbox, 'mailbox', person_id!) : openAddress(robot!, 'robot', `${org_id} ${channel}`), {
      subject,
      body,
    })
    return null
  } catch (error) {
    const { code, responseCode } = error as { code?: string; responseCode?: number }
    return `没有发出（${[code, responseCode].filter(Boolean).join(' ') || '对方没有接收'}）`
  }
}

async function note(db: Db, { id, attempts }: Due, failure: string | null, now: Date): Promise<void> {
  // 2, 4, 8 … minutes, as long as it is worth it: about a day in all.
  const next = new Date(now.getTime() + 2 ** Math.min(attempts + 2, 10) * 60_000)
  const end = failure !== null && attempts >= ATTEMPTS
  await sql`update notifications.delivery set failure = ${failure}, sent_at = ${failure === null ? now : null}, due_at = ${next},
    given_up_at = ${end ? now : null} where id = ${id}`.execute(db)
}

/** Deletes notices that were read and messages that went out, when they are old. For a job, once a day. */
export async function sweepNotifications(db: Db, now = new Date()): Promise<void> {
  const before = new Date(now.getTime() - KEPT_DAYS * 86_400_000)
  await sql`delete from notifications.notice where at < ${before} and read_at is not null`.execute(db)
  await sql`delete from notifications.delivery where made_at < ${before} and (sent_at is not null or given_up_at is not null)`.execute(db)
}
