import { z } from 'zod'
import { conflict } from '#kernel/errors.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { agreementOn, askAgreement } from '#modules/identity/published.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { STANDINGS } from '../contract.ts'
import { countNamed, DIRECT, exportOf, leavesDirectly } from '../handingOut.ts'
import { RosterFilter } from './roster.ts'

const seen = {
  load: async (ctx: Ctx, { orgId }: { orgId?: string | undefined }) => (orgId ? orgSeen(ctx, orgId, 'members.read') : null),
}

export const exportState = query('members.exportState', {
  title: '导出党员名册要不要另一人同意',
  input: RosterFilter,
  output: z.object({
    count: z.int(),
    /** `direct`: at once; `ask`: to be asked for; then `waiting`, and `agreed` once another person has agreed. */
    state: z.enum(['direct', 'ask', 'waiting', 'agreed']),
  }),
  ...seen,
  may: (actor, org) => (org ? actor.holds('members.read', org.path) : actor.holdsAnywhere('members.read')),
  run: async (ctx, filter, org) => {
    const count = await countNamed(ctx, filter, org)
    if (await leavesDirectly(ctx, filter, org)) return { count, state: 'direct' as const }
    const standing = await agreementOn(ctx, exportOf(filter))
    return { count, state: standing === 'none' ? ('ask' as const) : standing }
  },
})

export const askExport = command('members.askExport', {
  title: '提出导出党员名册',
  input: z.object({ filter: z.strictObject(RosterFilter.shape), reason: z.string().trim().min(2).max(200) }),
  output: z.object({ id: z.uuid(), until: z.iso.datetime() }),
  load: (ctx, { filter }) => seen.load(ctx, filter),
  may: (actor, org) => (org ? actor.holds('members.read', org.path) : actor.holdsAnywhere('members.read')),
  run: async (ctx, { filter, reason }, org) => {
    if (await leavesDirectly(ctx, filter, org)) throw conflict('not-needed', `不超过 ${DIRECT} 人，不用另一人同意，请直接导出`)
    const count = await countNamed(ctx, filter, org)
    const { id, until } = await askAgreement(ctx, { ...exportOf(filter), about: aboutOf(filter, org?.name), count, reason })
    return { id, until: until.toISOString() }
  },
})

/** What the one who agrees reads: whose roster, and which part of it. */
const aboutOf = ({ on, standings, sex, text, suspended, inferred }: RosterFilter, orgName = '看得到的全部组织') =>
  [
    `${orgName}（含下级）`,
    on && `${on} 在册`,
    standings?.map((standing) => STANDINGS[standing]).join('、'),
    sex && { male: '男', female: '女' }[sex],
    text && `姓名或工号以「${text}」开头`,
    suspended !== undefined && (suspended ? '权利中止的' : '权利没有中止的'),
    inferred !== undefined && (inferred ? '编入日期推定的' : '编入日期有依据的'),
  ]
    .filter(Boolean)
    .join('，')
