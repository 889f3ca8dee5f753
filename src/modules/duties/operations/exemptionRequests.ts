import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, forbidden, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { notify, overWith, tellDesk } from '#modules/notifications/published.ts'
import { orgCard } from '#modules/organisation/published.ts'
import { DUTY_KINDS, DutyKind, ExemptionRequest } from '../contract.ts'
import { placeAbove, policy } from '../policy.ts'
import { visibleOrg } from '../visibleOrg.ts'
import { assertSpan, grantExemption, isBranch } from './exemptions.ts'

const ASKED = 'duties.exemptionAsked'

export const askExemption = command('duties.askExemption', {
  title: '请上级豁免应办事项',
  input: z.object({
    orgId: z.uuid(),
    duty: DutyKind,
    from: z.iso.date(),
    until: z.iso.date(),
    reason: z.string().trim().min(2, '请写明原因').max(300),
  }),
  output: z.object({ id: z.uuid() }),
  load: (ctx, { orgId }) => visibleOrg(ctx, orgId),
  may: policy.ask,
  run: async (ctx, { duty, from, until, reason }, org) => {
    if (!isBranch(org)) throw conflict('not-a-branch', '应办事项由支部承担，请由支部提出')
    if (!org.parentId) throw conflict('nobody-above', '本组织没有上级，豁免由党务干部凭批准文件登记')
    assertSpan(from, until)
    const id = newId()
    await sql`insert into duties.exemption_request (id, org_id, duty, from_on, until_on, reason, state, asked_by, asked_at)
      values (${id}, ${org.id}, ${duty}, ${from}, ${until}, ${reason}, 'asked', ${ctx.actor.personId}, ${ctx.now})`.execute(ctx.db)
    const text = `${org.shortName ?? org.name}请求豁免${DUTY_KINDS[duty]}（${from}至${until}），请审批`
    await tellDesk(ctx, org.parentId, { kind: ASKED, key: id, text, open: `/duties/rules?org=${org.parentId}` }, ctx.actor.personId)
    return { id }
  },
})

interface Locked {
  id: string
  org_id: string
  name: string
  path: string
  parent_id: string
  duty: z.output<typeof DutyKind>
  from_on: string
  until_on: string
  reason: string
  state: string
  asked_by: string | null
  version: number
}

export const decideExemption = command('duties.decideExemption', {
  title: '审批豁免',
  input: z.object({
    id: z.uuid(),
    version: z.int(),
    grant: z.boolean(),
    answer: z.string().trim().max(300).default('').describe('批准的文号，或不批准的原因'),
  }),
  output: z.object({ id: z.uuid(), exemptionId: z.uuid().nullable() }),
  load: async (ctx: Ctx, { id }) => {
    const { rows } = await sql<Locked>`
      select e.id, e.org_id, coalesce(o.short_name, o.name) as name, o.path, o.parent_id, e.duty, e.from_on, e.until_on, e.reason, e.state,
        e.asked_by, e.version
      from duties.exemption_request e join organisation.org o on o.id = e.org_id
      where e.id = ${id} and ${ctx.actor.within('duties.read', 'o.path')} for update of e`.execute(ctx.db)
    return rows[0]
  },
  may: (actor, row) =>
    policy.manage(actor, { path: placeAbove(row.path) }) !== true
      ? forbidden('not-above', '豁免由上级党组织审批，本支部不能自己批准')
      : actor.personId !== null && actor.personId === row.asked_by
        ? forbidden('own-request', '自己提出的豁免，请上级的另一位同志审批')
        : true,
  run: async (ctx, { version, grant, answer }, row) => {
    if (row.version !== version) throw stale({ grant, answer }, { state: row.state })
    if (row.state !== 'asked') throw conflict('already-decided', '这项豁免已经审批过了')
    if (!grant && answer.length < 2) throw invalid('no-reason', '不批准的，请写明原因', { answer: ['请写明原因'] })
    const above = await orgCard(ctx.db, row.parent_id)
    const approvedBy = `${above?.shortName ?? above?.name ?? '上级党组织'}${answer ? ` ${answer}` : ''}`.slice(0, 100)
    const { org_id: orgId, duty, from_on: from, until_on: until, reason } = row
    const exemptionId = grant ? await grantExemption(ctx, { orgId, duty, from, until, reason, approvedBy }) : null
    await sql`update duties.exemption_request set state = ${grant ? 'granted' : 'refused'}, decided_by = ${ctx.actor.personId},
      decided_at = ${ctx.now}, answer = ${answer}, exemption_id = ${exemptionId}::uuid, version = version + 1 where id = ${row.id}`.execute(
      ctx.db,
    )
    await overWith(ctx, ASKED, { gone: [row.id] })
    if (row.asked_by) {
      const text = `${row.name}的${DUTY_KINDS[duty]}豁免${grant ? `已批准，到 ${until} 为止` : `没有批准：${answer}`}`
      await notify(ctx, [
        { personId: row.asked_by, kind: 'duties.exemptionDecided', key: row.id, text, open: `/duties/rules?org=${orgId}` },
      ])
    }
    return { id: row.id, exemptionId }
  },
})

export const exemptionRequests = query('duties.exemptionRequests', {
  title: '豁免的申请和审批',
  input: Paged.extend({ orgId: z.uuid() }),
  output: pageOf(ExemptionRequest),
  load: (ctx, { orgId }) => visibleOrg(ctx, orgId),
  may: policy.read,
  run: async (ctx, { after, limit }, org) => {
    const order: OrderBy[] = [{ by: sql`(e.state = 'asked')`, desc: true }, { by: sql`e.from_on`, desc: true }, { by: sql`e.id` }]
    const { rows } = await sql<Row>`
      select e.id, e.org_id as "orgId", coalesce(o.short_name, o.name) as "orgName", o.path, e.duty, e.from_on as "from", e.until_on as until,
        e.reason, e.state, coalesce(a.name, '') as "askedBy", e.asked_by as "askedId", e.asked_at as "askedAt",
        coalesce(d.name, '') as "decidedBy", e.decided_at as "decidedAt", e.answer, e.version
      from duties.exemption_request e join organisation.org o on o.id = e.org_id
      left join organisation.person a on a.id = e.asked_by left join organisation.person d on d.id = e.decided_by
      where o.path >= ${org.path} and o.path < ${`${org.path}~`} and ${ctx.actor.within('duties.read', 'o.path')}
        and ${afterCursor(order, after)} order by ${orderOf(order)} limit ${limit + 1}`.execute(ctx.db)
    const { items, next } = cut(rows, limit, (r) => [r.state === 'asked', r.from, r.id])
    return {
      items: items.map(({ path, askedId, askedAt, decidedAt, ...row }) => ({
        ...row,
        askedOn: dateAt(askedAt),
        decidedOn: decidedAt && dateAt(decidedAt),
        canDecide: row.state === 'asked' && policy.manage(ctx.actor, { path: placeAbove(path) }) === true && ctx.actor.personId !== askedId,
      })),
      next,
    }
  },
})

type Row = Omit<ExemptionRequest, 'askedOn' | 'decidedOn' | 'canDecide'> & {
  path: string
  askedId: string | null
  askedAt: Date
  decidedAt: Date | null
}
