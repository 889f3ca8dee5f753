import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { anyone, type Ctx, query } from '#kernel/operation.ts'
import { POSTS } from '#modules/organisation/contract.ts'
import { postsHeldBy } from '#modules/organisation/published.ts'
import { officeOf } from '../accounts.ts'
import { OFFICES, Session } from '../contract.ts'
import { installation, officersMissing } from '../installation.ts'
import { accountById } from '../logins.ts'
import { newsOf } from '../news.ts'
import { RULES, sessionRules } from '../rules.ts'
import { keepCsrf } from '../sessions.ts'

export const session = query('identity.session', {
  title: '我是谁，能做什么',
  input: z.object({}),
  output: Session,
  load: (ctx) => accountById(ctx.db, ctx.actor.accountId),
  may: anyone,
  run: async (ctx, _input, account) => {
    keepCsrf(ctx)
    const unit = await installation(ctx.db, ctx.now)
    const office = await officeOf(ctx, account.id)
    const officer = office !== null && office !== 'partyAffairsWorker'
    const orgs = officer ? [] : await orgsOf(ctx)
    const roots = orgs.filter((org) => org.root)
    return {
      account: {
        id: account.id,
        personId: account.person_id,
        name: account.name,
        offices: [...(office ? [OFFICES[office]] : []), ...(await postTitles(ctx, account.person_id))],
        hasTotp: account.totp_on,
      },
      capabilities: ctx.actor.grants.flatMap(({ capability, orgId }) =>
        orgId
          ? [{ capability, orgId, orgName: orgs.find((org) => org.id === orgId)?.name ?? '' }]
          : [{ capability, orgId: '', orgName: unit.unitName ?? '' }, ...roots.map((r) => ({ capability, orgId: r.id, orgName: r.name }))],
      ),
      orgs: orgs.map(({ id, name, kind }) => ({ id, name, kind })),
      unit: unit.unitName === null ? null : { name: unit.unitName },
      stage: unit.stage,
      notices: [...officersMissing(unit), ...(await newsOf(ctx, account, office, unit.profile))],
      mustDo: officer && !account.totp_on && RULES[unit.profile].officersNeedTotp ? ['enrolTotp' as const] : [],
      idleMinutes: sessionRules(office).idle / 60_000,
    }
  },
})

interface OrgSeen {
  id: string
  name: string
  kind: string
  root: boolean
}

/** The organisations where the actor holds something; the tops of the tree for who holds something everywhere. */
async function orgsOf(ctx: Ctx): Promise<OrgSeen[]> {
  const ids = [...new Set(ctx.actor.grants.map((grant) => grant.orgId).filter((id) => id !== ''))]
  const everywhere = ctx.actor.grants.some((grant) => grant.orgId === '')
  const { rows } = await sql<OrgSeen>`select o.id, coalesce(o.short_name, o.name) as name, o.kind, o.parent_id is null as root
    from organisation.org o where o.dissolved_on is null and (o.id = any(${ids}::uuid[]) or (${everywhere} and o.parent_id is null))
    order by o.path`.execute(ctx.db)
  return rows
}

/** The posts held today, each title once. */
async function postTitles(ctx: Ctx, personId: string | null): Promise<string[]> {
  if (!personId) return []
  const today = dateAt(ctx.now)
  const held = (await postsHeldBy(ctx.db, personId)).filter(({ from, until }) => from <= today && (until === null || until > today))
  return [...new Set(held.map(({ role }) => POSTS[role]))]
}
