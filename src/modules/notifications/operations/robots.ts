import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, invalid, missing } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { ROBOTS, RobotKey } from '../contract.ts'
import { robotOrigins, sealAddress, services } from '../services.ts'

const ofOrg = {
  load: (ctx: Ctx, { orgId }: { orgId: string }) => orgSeen(ctx, orgId, 'notifications.manage'),
  may: (actor: Ctx['actor'], org: OrgCard) => actor.holds('notifications.manage', org.path),
}

const Robot = z.object({
  service: RobotKey,
  /** Whether the unit lets messages out to this service. */ offered: z.boolean(),
  set: z.boolean(),
})

export const robots = query('notifications.robots', {
  title: '群机器人',
  input: z.object({ orgId: z.uuid() }),
  output: z.object({ items: z.array(Robot) }),
  ...ofOrg,
  run: async (ctx, { orgId }) => {
    const { rows } = await sql<{ service: RobotKey }>`select service from notifications.robot where org_id = ${orgId}`.execute(ctx.db)
    const set = new Set(rows.map((r) => r.service))
    const keys = Object.keys(ROBOTS) as RobotKey[]
    return { items: keys.map((service) => ({ service, offered: !!services().channels[service], set: set.has(service) })) }
  },
})

export const setRobot = command('notifications.setRobot', {
  title: '设置群机器人',
  input: z.object({ orgId: z.uuid(), service: RobotKey, address: z.string().trim().max(500).describe('机器人的 Webhook 地址') }),
  output: z.object({ set: z.boolean() }),
  secret: true,
  ...ofOrg,
  run: async (ctx, { orgId, service, address }) => {
    const origin = robotOrigins()[service]
    const { title } = ROBOTS[service]
    if (!origin || !services().channels[service]) throw conflict('robot-off', `本单位没有开通${title}`)
    if (!URL.canParse(address) || new URL(address).origin !== origin)
      throw invalid('robot-address', `地址应以 ${origin}/ 开头，在群机器人的设置里复制`, { address: [`应以 ${origin}/ 开头`] })
    const row = { org_id: orgId, service, address_sealed: sealAddress(address, 'robot', `${orgId} ${service}`) }
    await sql`insert into notifications.robot (org_id, service, address_sealed, set_by, set_at)
      values (${row.org_id}, ${row.service}, ${row.address_sealed}, ${ctx.actor.personId}, ${ctx.now})
      on conflict (org_id, service) do update set address_sealed = excluded.address_sealed, set_by = excluded.set_by, set_at = excluded.set_at`.execute(
      ctx.db,
    )
    return { set: true }
  },
})

export const removeRobot = command('notifications.removeRobot', {
  title: '停用群机器人',
  input: z.object({ orgId: z.uuid(), service: RobotKey }),
  output: z.object({ set: z.boolean() }),
  ...ofOrg,
  run: async (ctx, { orgId, service }) => {
    await sql`delete from notifications.robot where org_id = ${orgId} and service = ${service}`.execute(ctx.db)
    return { set: false }
  },
})

export const tryRobot = command('notifications.tryRobot', {
  title: '给群发一条试发消息',
  input: z.object({ orgId: z.uuid(), service: RobotKey }),
  output: z.object({ id: z.uuid() }),
  ...ofOrg,
  run: async (ctx, { orgId, service }, org) => {
    const { rows } = await sql`select 1 from notifications.robot where org_id = ${orgId} and service = ${service}`.execute(ctx.db)
    if (rows.length === 0) throw missing()
    const id = newId()
    await sql`insert into notifications.delivery (id, org_id, channel, subject, body, made_at, due_at, at_once)
      values (${id}, ${orgId}, ${service}, '试发', ${`${org.shortName ?? org.name}：这是一条试发消息，以后到期的事会在这里提醒。`}, ${ctx.now}, ${ctx.now}, true)`.execute(
      ctx.db,
    )
    return { id }
  },
})
