import { type RawBuilder, sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { POSTS, type PostRole } from '#modules/organisation/contract.ts'
import { type AccountState, STAFF_NO } from './contract.ts'
import { loginOf } from './logins.ts'

/** Whom to find; `where` confines the organisations, by their column o.path. */
export interface Wanted {
  where: RawBuilder<boolean>
  posts: readonly PostRole[] | undefined
}

export interface Candidate {
  personId: string
  name: string
  staffNo: string | null
  orgName: string
  posts: string[]
  accountId: string | null
  account: AccountState | null
  phoneIndex: string | null
  /** The login name of the account that exists already. */
  shown: string | null
}

/** The people of today's rosters (full and probationary members, holders of posts) who fit, with the account they may have. */
export const candidates = (ctx: Ctx, { where, posts }: Wanted) => sql<Candidate>`
  select c.person_id as "personId", p.name, p.staff_no as "staffNo", c.org_name as "orgName", c.posts,
    a.id as "accountId", a.state as account, f.phone_index as "phoneIndex",
    (select n.shown from identity.login n where n.account_id = a.id order by n.kind desc limit 1) as shown
  from (
    select h.person_id, min(coalesce(o.short_name, o.name)) as org_name,
      coalesce(array_agg(distinct h.role) filter (where h.role is not null), '{}') as posts
    from (
      select m.person_id, m.org_id, null::text as role from members.membership m
        join members.standing s on s.person_id = m.person_id and s.valid @> ${dateAt(ctx.now)}::date
        where m.valid @> ${dateAt(ctx.now)}::date and s.standing in ('fullMember', 'probationaryMember')
      union all
      select t.person_id, t.org_id, t.role from organisation.post t where t.valid @> ${dateAt(ctx.now)}::date
    ) h join organisation.org o on o.id = h.org_id
    where ${where}
      and ${posts ? sql`h.role = any(${posts}::text[])` : sql`true`}
    group by h.person_id
  ) c
  join organisation.person p on p.id = c.person_id
  left join members.profile f on f.person_id = c.person_id
  left join identity.account a on a.person_id = c.person_id`

/** The login name a slip would carry, or why none can be made, in Chinese. */
export function loginFor({ staffNo, phoneIndex, shown }: Candidate): { key: string; kind: 'staffNo' | 'phone'; shown: string } | string {
  if (shown) return { key: '', kind: 'staffNo', shown }
  if (staffNo && STAFF_NO.test(staffNo)) return loginOf(staffNo)
  if (phoneIndex) return { key: phoneIndex, kind: 'phone', shown: '本人手机号' }
  return staffNo ? '工号里有字母和数字以外的字符，也没有手机号' : '没有工号也没有手机号，请党务干部先在名册里补上'
}

/** Why no slip is made for this person now, in Chinese; null when one can be. */
export function problemOf(candidate: Candidate, again: boolean): string | null {
  if (candidate.account === 'active') return '已经有账号在用'
  if (candidate.account === 'disabled') return '账号已停用，要用请先启用'
  if (candidate.account === 'invited' && !again) return '已经发过开通条，还没有激活'
  const login = loginFor(candidate)
  return typeof login === 'string' ? login : null
}

export const postNames = (roles: readonly string[]) => roles.map((role) => POSTS[role as PostRole] ?? role)
