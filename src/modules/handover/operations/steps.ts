import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { conflict, forbidden, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { rosterOn } from '#modules/members/published.ts'
import { notify } from '#modules/notifications/published.ts'
import { type OrgCard, orgSeen, personSeen, postsHeldBy, postsOn } from '#modules/organisation/published.ts'
import { gather } from '../gather.ts'
import { lockedPack, record, type Stored } from '../store.ts'

const Done = z.object({ id: z.uuid(), version: z.int() })
const Step = z.object({ id: z.uuid(), version: z.int() })

export const begin = command('handover.begin', {
  title: '开始书记交接',
  input: z.object({ orgId: z.uuid(), fromId: z.uuid(), toId: z.uuid(), on: z.iso.date() }),
  output: Done,
  load: async (ctx, { orgId, fromId, toId }) => {
    for (const id of [fromId, toId]) if (!(await personSeen(ctx, id))) return undefined
    return orgSeen(ctx, orgId, 'handover.read')
  },
  may: (actor, org) => actor.holds('handover.manage', org.path),
  run: async (ctx, { orgId, fromId, toId, on }, org) => {
    if (fromId === toId) throw invalid('same-person', '交的人和接的人不能是同一个人', { toId: ['请另选一位'] })
    await assertOfHere(ctx, org, fromId, toId)
    await sql`select from organisation.org where id = ${orgId} for no key update`.execute(ctx.db)
    const { rows } = await sql`select from handover.pack where org_id = ${orgId} and state = 'open'`.execute(ctx.db)
    if (rows.length > 0) throw conflict('running', '已经有一次交接在办，请在那一次里接着办')
    const id = newId()
    await sql`insert into handover.pack (org_id, id, from_id, to_id, on_day, state, note, opened_by, opened_at, version)
      values (${orgId}, ${id}, ${fromId}, ${toId}, ${on}, 'open', '', ${ctx.actor.personId}, ${ctx.now}, 1)`.execute(ctx.db)
    record(ctx, 'handover.begun', { subject: id, orgId, body: { fromId, toId } })
    const text = `${org.name}的工作交接，请核对清单后确认`
    const news = [fromId, toId].map((personId) => ({ personId, kind: 'handover.open', key: id, text, open: `/handover?open=${id}` }))
    await notify(ctx, news)
    return { id, version: 1 }
  },
})

async function assertOfHere(ctx: Ctx, { id, name }: OrgCard, fromId: string, toId: string) {
  const held = await postsHeldBy(ctx.db, fromId)
  if (!held.some(({ orgId }) => orgId === id))
    throw invalid('never-in-post', `交出的人没有在${name}任过职，请核对`, { fromId: ['请选在这个组织任职或任过职的人'] })
  const day = dateAt(ctx.now)
  const [posts, roster] = await Promise.all([postsOn(ctx.db, id, day), rosterOn(ctx.db, id, day)])
  if (![...posts, ...roster].some(({ personId }) => personId === toId))
    throw invalid('not-of-here', `接手的人既不在${name}名册上，也没有在那里任职，请核对`, {
      toId: ['请选名册上或在这里任职的人；从别处调来的，请先登记任职'],
    })
}

export const note = command('handover.note', {
  title: '写交接说明',
  input: Step.extend({ text: z.string().trim().max(4000) }),
  output: Done,
  load: lockedPack,
  may: (actor, r) => actor.personId === r.from_id || forbidden('not-yours', '交接说明由交出工作的人写'),
  run: async (ctx, { id, version, text }, r) => {
    assertOpen(r, version)
    if (r.from_at !== null || r.to_at !== null) throw conflict('signed-already', '已经有人确认，说明不能再改；要改请取消后重新开始')
    await sql`update handover.pack set note = ${text}, version = version + 1 where org_id = ${r.org_id} and id = ${id}`.execute(ctx.db)
    return { id, version: version + 1 }
  },
})

export const sign = command('handover.sign', {
  title: '确认交接清单',
  input: Step,
  output: Done.extend({ signed: z.boolean() }),
  load: lockedPack,
  may: (actor, r) =>
    actor.personId === r.from_id || actor.personId === r.to_id || forbidden('not-yours', '交接由交出和接手的两个人各自确认'),
  run: async (ctx, { id, version }, r) => {
    assertOpen(r, version)
    const from = ctx.actor.personId === r.from_id
    if (from ? r.from_at !== null : r.to_at !== null) throw conflict('signed-already', '你已经确认过，等对方确认')
    // Both confirm the same list: what waited when the first of them did.
    const lines = r.lines ?? (await gather(ctx, r.org_id))
    const both = from ? r.to_at !== null : r.from_at !== null
    await sql`update handover.pack set lines = ${json(lines)}, from_at = ${from ? ctx.now : r.from_at}, to_at = ${from ? r.to_at : ctx.now},
      state = ${both ? 'signed' : 'open'}, version = version + 1 where org_id = ${r.org_id} and id = ${id}`.execute(ctx.db)
    if (both) {
      const body = { fromId: r.from_id, toId: r.to_id, lines: lines.length }
      record(ctx, 'handover.signed', { subject: id, orgId: r.org_id, body })
    }
    return { id, version: version + 1, signed: both }
  },
})

export const cancel = command('handover.cancel', {
  title: '取消交接',
  input: Step,
  output: Done,
  load: lockedPack,
  may: (actor, r) => actor.holds('handover.manage', r.path),
  run: async (ctx, { id, version }, r) => {
    assertOpen(r, version)
    record(ctx, 'handover.cancelled', { subject: id, orgId: r.org_id, body: {} })
    await sql`update handover.pack set state = 'cancelled', version = version + 1 where org_id = ${r.org_id} and id = ${id}`.execute(ctx.db)
    return { id, version: version + 1 }
  },
})

function assertOpen(r: Stored, version: number) {
  if (version !== r.version) throw stale({ version }, { version: r.version, state: r.state })
  if (r.state !== 'open') throw conflict('not-open', '这次交接已经办结或取消，请刷新后再看')
}
