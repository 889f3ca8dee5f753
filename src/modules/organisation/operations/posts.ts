import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { all, forbidden, invalid, stale } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { PostRole } from '../contract.ts'
import { personSeen } from '../people.ts'
import { appoint, beginTerm, endPost, extendTerm, lockPost } from '../posts.ts'
import { assertThere, orgSeen } from '../published.ts'

export const appointOperation = command('organisation.appoint', {
  title: '任职',
  input: z.object({
    orgId: z.uuid(),
    personId: z.uuid(),
    role: PostRole,
    from: z.iso.date(),
    /** First day no longer in the post, when it is known already. */
    until: z.iso.date().nullable().default(null),
    fullTime: z.boolean().nullable().default(null),
  }),
  output: z.object({ id: z.uuid() }),
  load: async (ctx, { orgId, personId }) => ((await personSeen(ctx, personId)) ? orgSeen(ctx, orgId) : undefined),
  may: (actor, org, { personId }) =>
    all(
      actor.holds('organisation.manage', org.path),
      personId !== actor.personId || forbidden('own-post', '自己的任职不能自己登记，请另一位党务干部或上级党务干部登记'),
    ),
  run: async (ctx, input, org) => {
    assertThere(org, input.from, 'from')
    return { id: await appoint(ctx, input) }
  },
})

export const endPostOperation = command('organisation.endPost', {
  title: '免职',
  input: z.object({ id: z.uuid(), version: z.int(), on: z.iso.date() }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: async (ctx, { id }) => {
    const post = await lockPost(ctx, id)
    return post && (await orgSeen(ctx, post.orgId)) && post
  },
  may: (actor, post) => actor.holds('organisation.manage', post.path),
  run: async (ctx, input, post) => {
    if (input.version !== post.version) throw stale(input, { until: post.until, version: post.version })
    await endPost(ctx, post, input.on)
    return { id: post.id, version: post.version + 1 }
  },
})

/** The organisation, locked, when the actor may see it. */
export const lockOrg = async (ctx: Ctx, id: string) => {
  await sql`select from organisation.org where id = ${id} for update`.execute(ctx.db)
  return orgSeen(ctx, id)
}

export const beginTermOperation = command('organisation.beginTerm', {
  title: '登记任期',
  input: z.object({ orgId: z.uuid(), from: z.iso.date(), until: z.iso.date() }),
  output: z.object({ orgId: z.uuid() }),
  load: (ctx, { orgId }) => lockOrg(ctx, orgId),
  may: (actor, org) => actor.holds('organisation.manage', org.path),
  run: async (ctx, { orgId, from, until }) => {
    await beginTerm(ctx, orgId, from, until)
    return { orgId }
  },
})

export const extendTermOperation = command('organisation.extendTerm', {
  title: '延长任期',
  input: z.object({
    orgId: z.uuid(),
    until: z.iso.date(),
    /** The day on which the superior approved; today when left out. */
    approvedOn: z.iso.date().optional(),
  }),
  output: z.object({ orgId: z.uuid() }),
  load: (ctx, { orgId }) => lockOrg(ctx, orgId),
  may: (actor, org) => actor.holds('organisation.manage', org.path),
  run: async (ctx, { orgId, until, approvedOn = dateAt(ctx.now) }) => {
    if (approvedOn > dateAt(ctx.now)) throw invalid('ahead', '批准日期在今天以后，请填已经批准的日期', { approvedOn: ['不能晚于今天'] })
    await extendTerm(ctx, orgId, until, approvedOn)
    return { orgId }
  },
})
