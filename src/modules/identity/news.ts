import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { OFFICES, type Office, type PasswordProfile } from './contract.ts'
import type { KnownAccount } from './logins.ts'
import { RULES } from './rules.ts'

/** What the person should hear about their account since they last signed in. */
export async function newsOf(ctx: Ctx, account: KnownAccount, office: Office | null, profile: PasswordProfile): Promise<string[]> {
  const { rows } = await sql<{ failed: number; resets: { at: string; by: string | null }[] }>`
    with mine as (select created_at, coalesce(previous_at, '-infinity') as previous_at from identity.session where id = ${ctx.actor.sessionId})
    select
      (select count(*)::int from identity.sign_in i where i.account_id = ${account.id} and i.at > mine.previous_at
        and i.at < mine.created_at and i.result in ('wrongPassword', 'wrongTotp', 'wrongCode', 'locked') and mine.previous_at > '-infinity') as failed,
      (select coalesce(jsonb_agg(jsonb_build_object('at', s.issued_at, 'by', p.name) order by s.issued_at), '[]') from identity.slip s
        left join identity.account a on a.id = s.issued_by left join organisation.person p on p.id = a.person_id
        where s.account_id = ${account.id} and s.purpose = 'reset' and s.issued_at > mine.previous_at) as resets
    from mine`.execute(ctx.db)
  const { failed = 0, resets = [] } = rows[0] ?? {}
  return [
    ...resets.map(
      ({ at, by }) => `${momentName(at)} 由${by ?? '本机管理员'}当面发过重设你密码的一次性码。如果不是你本人去办的，请马上告诉安全管理员`,
    ),
    ...(failed > 0 ? [`上次登录以后，有 ${failed} 次用你的账号没有登上。如果不是你，请换一个密码`] : []),
    ...passwordAge(ctx, account, profile),
    ...(office && office !== 'partyAffairsWorker'
      ? [...(await resetsOfOfficers(ctx, account.id)), ...(await newOfficers(ctx, account.id))]
      : []),
  ]
}

const WEEK = 7 * 86_400_000

/** The officers watch each other: each hears for a week that another one's password was reset, and by whom. */
async function resetsOfOfficers(ctx: Ctx, own: string): Promise<string[]> {
  const { rows } = await sql<{ at: Date; office: Office; by: string | null }>`select s.issued_at as at, o.office, p.name as by
    from identity.slip s join identity.office o on o.account_id = s.account_id and o.valid @> ${dateAt(ctx.now)}::date
    left join identity.account a on a.id = s.issued_by left join organisation.person p on p.id = a.person_id
    where s.purpose = 'reset' and s.account_id <> ${own} and s.issued_by is distinct from ${own}::uuid
      and o.office <> 'partyAffairsWorker' and s.issued_at > ${new Date(ctx.now.getTime() - WEEK)} order by s.issued_at`.execute(ctx.db)
  return rows.map(
    ({ at, office, by }) => `${clock.format(at)} ${by ?? '本机管理员'}给${OFFICES[office]}发过重设密码的一次性码，请核对是否本人去办`,
  )
}

/** And that a new officer came in with a slip, which went through the hands of the system officer. */
async function newOfficers(ctx: Ctx, own: string): Promise<string[]> {
  const { rows } = await sql<{ at: Date; office: Office; name: string; source: string }>`select i.at, o.office, p.name, i.source
    from identity.sign_in i join identity.office o on o.account_id = i.account_id and o.valid @> ${dateAt(ctx.now)}::date
    join identity.account a on a.id = i.account_id join organisation.person p on p.id = a.person_id
    where i.result = 'activated' and i.account_id <> ${own} and o.approved_by is not null
      and o.office <> 'partyAffairsWorker' and i.at > ${new Date(ctx.now.getTime() - WEEK)} order by i.at`.execute(ctx.db)
  return rows.map(
    ({ at, office, name, source }) => `${clock.format(at)} ${OFFICES[office]}${name}从 ${source} 用一次性码设了密码，请核对是否本人`,
  )
}

function passwordAge(ctx: Ctx, { password_at }: KnownAccount, profile: PasswordProfile): string[] {
  const { rotation } = RULES[profile]
  if (rotation === null || !password_at) return []
  const left = rotation - Math.floor((ctx.now.getTime() - password_at.getTime()) / 86_400_000)
  return left <= 10 ? [`密码还有 ${Math.max(0, left)} 天到期，请在「我的登录」里换一个`] : []
}

const clock = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long', timeStyle: 'short' })
const momentName = (at: string) => clock.format(new Date(at))
