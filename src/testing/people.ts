import type { OrgKind, PostRole } from '#modules/organisation/contract.ts'
import { OWNER, type World } from './world.ts'

let made = 0

/** Founds an organisation, as a root when no superior is given. Answers its id. */
export async function makeOrg(
  w: World,
  { kind, parentId = null, name, foundedOn = '2010-01-01' }: { kind: OrgKind; parentId?: string | null; name?: string; foundedOn?: string },
): Promise<string> {
  return (await w.done(OWNER, 'organisation.found', { kind, parentId, name: name ?? `示例组织${++made}`, foundedOn })).id
}

export interface NewMember {
  name?: string
  staffNo?: string
  /** `2012-07-01` or `2012-07`. */
  joinedOn?: string
  /** Null: still on probation; left out: a year after joining. */
  convertedOn?: string | null
  /** Since when on the roster; left out, the later of joining and founding. */
  from?: string
}

/** Puts a new member on the roster of an organisation: full member since 2011 unless told. Answers the person's id. */
export async function makeMember(w: World, orgId: string, member: NewMember = {}): Promise<string> {
  const { name = `王某${++made}`, staffNo, joinedOn = '2010-07-01', from } = member
  const convertedOn = member.convertedOn === undefined ? `${Number(joinedOn.slice(0, 4)) + 1}${joinedOn.slice(4)}` : member.convertedOn
  const { personId } = await w.done(OWNER, 'members.enrol', {
    orgId,
    name,
    standing: convertedOn === null ? 'probationaryMember' : 'fullMember',
    ...(staffNo ? { staffNo } : {}),
    ...(from ? { from } : {}),
    profile: { joined: joinedOn, converted: convertedOn },
  })
  return personId
}

/** Gives somebody a post. Answers the post's id. */
export async function givePost(w: World, orgId: string, personId: string, role: PostRole, from = '2015-01-01'): Promise<string> {
  return (await w.done(OWNER, 'organisation.appoint', { orgId, personId, role, from })).id
}
