import { z } from 'zod'
import { stale } from '#kernel/errors.ts'
import { command } from '#kernel/operation.ts'
import { CorrectionReason, PostRole } from '../contract.ts'
import { correctChange, correctFounding, correctPost, correctTerm } from '../correct.ts'
import { lockPost } from '../posts.ts'
import { orgSeen } from '../published.ts'
import { lockOrg } from './posts.ts'
import { change, loaded } from './structure.ts'

const Day = z.iso.date()
const Org = z.object({ id: z.uuid(), version: z.int(), reason: CorrectionReason })
const Changed = z.object({ id: z.uuid(), version: z.int() })

export const correctFoundingOperation = command('organisation.correctFounding', {
  title: '更正成立日期',
  input: Org.extend({ foundedOn: Day }),
  output: Changed,
  load: (ctx, { id }) => loaded(ctx, id),
  may: (actor, { org }) => actor.holds('organisation.manage', org.path),
  run: (ctx, input, { org }) => change(ctx, org, input, () => correctFounding(ctx, org, input.foundedOn, input.reason)),
})

export const correctChangeOperation = command('organisation.correctChange', {
  title: '更正更名或调整隶属的生效日期',
  input: Org.extend({
    what: z.enum(['name', 'place']),
    /** The day on record. */
    from: Day,
    /** The right day; null: there was no such change. */
    on: Day.nullable(),
  }),
  output: Changed,
  load: (ctx, { id }) => loaded(ctx, id),
  may: (actor, { org }) => actor.holds('organisation.manage', org.path),
  run: (ctx, input, { org }) => change(ctx, org, input, () => correctChange(ctx, org, input, input.reason)),
})

export const correctPostOperation = command('organisation.correctPost', {
  title: '更正任职',
  input: Org.extend({
    /** What it should have been; null: never held. */
    as: z
      .strictObject({ role: PostRole, from: Day, until: Day.nullable().default(null), fullTime: z.boolean().nullable().default(null) })
      .nullable(),
  }),
  output: Changed,
  load: async (ctx, { id }) => {
    const post = await lockPost(ctx, id)
    const org = post && (await orgSeen(ctx, post.orgId))
    return org && { post, org }
  },
  may: (actor, { org }) => actor.holds('organisation.manage', org.path),
  run: async (ctx, { id, version, reason, as }, { post, org }) => {
    if (version !== post.version)
      throw stale({ version, ...as }, { from: post.from, until: post.until, role: post.role, version: post.version })
    await correctPost(ctx, post, org, as, reason)
    return { id, version: version + 1 }
  },
})

const Term = z.strictObject({ from: Day, until: Day })

export const correctTermOperation = command('organisation.correctTerm', {
  title: '更正任期',
  input: z.object({
    orgId: z.uuid(),
    reason: CorrectionReason,
    /** As it is on record. */
    term: Term,
    /** As it should have been; null: there was none. */
    as: Term.nullable(),
  }),
  output: z.object({ orgId: z.uuid() }),
  load: (ctx, { orgId }) => lockOrg(ctx, orgId),
  may: (actor, org) => actor.holds('organisation.manage', org.path),
  run: async (ctx, { orgId, reason, term, as }, org) => {
    await correctTerm(ctx, org, term, as, reason)
    return { orgId }
  },
})
