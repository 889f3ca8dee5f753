import { sql } from 'kysely'
import { z } from 'zod'
import { addDays, addYears, dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { recorderOf } from '#ledger/facts.ts'
import { rulesOfOrgs } from '#modules/duties/published.ts'
import { FileIds } from '#modules/files/contract.ts'
import { attachFiles } from '#modules/files/published.ts'
import { overWith } from '#modules/notifications/published.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { rulebookFacts } from '../contract.ts'
import { type Locked, lockedEdition } from '../find.ts'
import { REVIEW } from '../remind.ts'

const record = recorderOf(rulebookFacts)

const Written = z.object({
  name: z.string().trim().min(2, '请写制度的全称').max(200),
  letterNo: z.string().trim().max(60).default(''),
  owner: z.string().trim().min(2, '请写负责的部门或人').max(100),
  source: z.string().trim().min(2, '请写依据的文件和条款').max(300),
  note: z.string().trim().max(500).default(''),
  validFrom: z.iso.date(),
  reviewOn: z.iso.date().nullable().default(null),
  /** The duty rules by which the system applies it. */
  ruleIds: z.array(z.uuid()).max(50).default([]),
  files: FileIds,
})

const Made = z.object({ id: z.uuid() })

export const enact = command('rulebook.enact', {
  title: '登记新立的制度',
  input: Written.extend({ orgId: z.uuid() }),
  output: Made,
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'rulebook.read'),
  may: (actor, org) => actor.holds('rulebook.manage', org.path),
  run: async (ctx, { orgId, ...written }, org) => {
    const id = newId()
    await store(ctx, { ...written, id, orgId, rootId: id, number: 1, path: org.path })
    return { id }
  },
})

const OnEdition = z.object({ id: z.uuid(), version: z.int() })
const may = (actor: Ctx['actor'], row: Locked) => actor.holds('rulebook.manage', row.path)

export const revise = command('rulebook.revise', {
  title: '登记修订后的制度',
  input: Written.extend(OnEdition.shape),
  output: Made,
  load: lockedEdition,
  may,
  run: async (ctx, { id: _, version, ...written }, row) => {
    assertStanding(row, version, written)
    if (written.validFrom <= row.valid_from)
      throw invalid('before-start', '新版的执行日期应晚于旧版', { validFrom: [`旧版 ${row.valid_from} 起执行，请填之后的日期`] })
    await end(ctx, row, { on: written.validFrom, how: 'revised', why: '' })
    const id = newId()
    await store(ctx, { ...written, id, orgId: row.org_id, rootId: row.root_id, number: row.number + 1, path: row.path })
    return { id }
  },
})

export const repeal = command('rulebook.repeal', {
  title: '登记废止的制度',
  input: OnEdition.extend({ on: z.iso.date(), why: z.string().trim().min(2, '请写废止的原因或文件').max(300) }),
  output: Made,
  load: lockedEdition,
  may,
  run: async (ctx, { version, on, why }, row) => {
    assertStanding(row, version, { on, why })
    if (on <= row.valid_from) throw invalid('before-start', '废止日期应晚于执行日期', { on: [`应晚于 ${row.valid_from}`] })
    assertNear(ctx, on, 'on')
    await end(ctx, row, { on, how: 'repealed', why })
    record(ctx, 'regulation.repealed', { subject: row.root_id, orgId: row.org_id, happenedOn: on, body: { edition: row.number } })
    return { id: row.id }
  },
})

export const review = command('rulebook.review', {
  title: '登记复审：继续执行',
  input: OnEdition.extend({ nextOn: z.iso.date() }),
  output: Made,
  load: lockedEdition,
  may,
  run: async (ctx, { version, nextOn }, row) => {
    assertStanding(row, version, { nextOn })
    const today = dateAt(ctx.now)
    if (nextOn <= today) throw invalid('past-date', '下次复审的日期应在今天之后', { nextOn: ['应在今天之后'] })
    await sql`update rulebook.edition set reviewed_on = ${today}, review_on = ${nextOn}, version = version + 1 where id = ${row.id}`.execute(
      ctx.db,
    )
    await overWith(ctx, REVIEW, { gone: [row.id] })
    record(ctx, 'regulation.reviewed', { subject: row.root_id, orgId: row.org_id, body: { edition: row.number, nextOn } })
    return { id: row.id }
  },
})

function assertStanding(row: Locked, version: number, mine: unknown): void {
  if (row.version !== version) throw stale(mine, { endedOn: row.ended_on })
  if (row.ended_on) throw conflict('ended', `这一版已定于 ${row.ended_on} 不再执行，请看最新一版`)
}

/** Days to come are set a year ahead at most, so that a slip of the pen is found. */
function assertNear(ctx: Ctx, day: string, field: string): void {
  const last = addYears(dateAt(ctx.now), 1)
  if (day > last) throw invalid('far-date', '日期最多提前一年登记', { [field]: [`请填 ${last} 之前`] })
}

async function end(ctx: Ctx, row: Locked, { on, how, why }: { on: string; how: 'revised' | 'repealed'; why: string }): Promise<void> {
  await sql`update rulebook.edition set ended_on = ${on}::date, ended_how = ${how}, ended_why = ${why}, version = version + 1
    where id = ${row.id}`.execute(ctx.db)
  await overWith(ctx, REVIEW, { gone: [row.id] })
}

type Stored = z.output<typeof Written> & { id: string; orgId: string; rootId: string; number: number; path: string }

async function store(ctx: Ctx, e: Stored): Promise<void> {
  assertNear(ctx, e.validFrom, 'validFrom')
  if (e.reviewOn !== null && e.reviewOn <= e.validFrom)
    throw invalid('dates-reversed', '复审日期应晚于执行日期', { reviewOn: [`请填 ${addDays(e.validFrom, 1)} 或之后`] })
  const known = await rulesOfOrgs(ctx.db, e.ruleIds, e.path)
  if (known.length < new Set(e.ruleIds).size)
    throw invalid('unknown-rule', '有的应办规则不是本组织的，或已不在', { ruleIds: ['请从列出的规则里选'] })
  await sql`insert into rulebook.edition
      (id, org_id, root_id, number, name, letter_no, owner, source, note, valid_from, review_on, entered_by, entered_at)
    values (${e.id}, ${e.orgId}, ${e.rootId}, ${e.number}, ${e.name}, ${e.letterNo}, ${e.owner}, ${e.source}, ${e.note}, ${e.validFrom}::date,
      ${e.reviewOn}::date, ${ctx.actor.personId}, ${ctx.now})`.execute(ctx.db)
  await sql`insert into rulebook.applied (edition_id, rule_id)
    select ${e.id}, r.id::uuid from jsonb_array_elements_text(${json(known)}) as r(id)`.execute(ctx.db)
  await attachFiles(ctx, e.files, { orgId: e.orgId, subject: 'rulebook.edition', subjectId: e.id, readWith: 'rulebook.read' })
  const body = { edition: e.number, reviewOn: e.reviewOn }
  record(ctx, 'regulation.enacted', { subject: e.rootId, orgId: e.orgId, happenedOn: e.validFrom, body })
}
