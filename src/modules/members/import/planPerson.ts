import type { Actor } from '#kernel/actor.ts'
import { newId } from '#kernel/id.ts'
import { POSTS, type PostRole } from '#modules/organisation/contract.ts'
import type { OrgCard, WrittenUnit } from '#modules/organisation/published.ts'
import type { Remarks } from '#runtime/sheets/issue.ts'
import type { Membership } from '../changes.ts'
import { inferredStart, type LifeDate, type StandingFrom, standingsFrom } from '../life.ts'
import { isOther, mergedProfile } from './fileRow.ts'
import type { Fitting, KnownPerson, StoredProfile } from './matchPeople.ts'
import type { RosterRow } from './parseRoster.ts'
import type { PostPlanner } from './planPosts.ts'

/** What becomes of a row that can be imported. */
export interface Planned {
  what: 'new' | 'changed' | 'unchanged'
  personId: string
  name: string
  staffNo: string | null
  profile: StoredProfile
  /** The roster the person stands on afterwards. */
  orgId: string
  entry: { inferred: boolean; standings: [StandingFrom, ...StandingFrom[]] } | null
  /** From another roster to this one. */
  move: { from: Membership; on: string } | null
  /** A standing that changes for somebody who stood on a roster already. */
  standing: StandingFrom | null
  /** Posts of the branch that a person confirmed. */
  posts: { role: PostRole; from: string }[]
  /** The unit they work in, when the file says another than is known. */
  workplace: WrittenUnit
}

type Common = Pick<Planned, 'personId' | 'name' | 'staffNo' | 'profile' | 'orgId' | 'posts' | 'workplace'>

interface Given {
  actor: Actor
  org: OrgCard
  fitting: Fitting | null
  today: string
  /** Where a written place of work is. */
  unitOf: (org: OrgCard, written: string) => WrittenUnit
  /** What becomes of the posts that the row names. */
  posts: PostPlanner
}

/** Decides what a row means for the installation, or remarks why it cannot be imported. */
export function planPerson(
  row: RosterRow & { row: number },
  { actor, org, fitting, today, unitOf, posts }: Given,
  remarks: Pick<Remarks, 'wrong' | 'warn'>,
): Planned | null {
  if (actor.holds('members.manage', org.path) !== true) {
    remarks.wrong('', '你没有管理这个支部名册的权限', '请由该支部或上级党务干部导入')
    return null
  }
  if (row.membershipStatus === 'suspended') {
    remarks.wrong('', '党籍状态是“停止党籍”，没有编入名册', '已恢复党籍的，把党籍状态改成“正常”再导入；没有恢复的，这一行不必导入')
    return null
  }
  const person = onePerson(fitting, remarks)
  if (person === undefined) return null
  const personId = person?.personId ?? newId()
  const profile = mergedProfile(personId, row, person?.profile ?? {})
  if (person && person.name !== row.name) warnOfName(row, person, remarks)
  const said = row.unit === null ? null : unitOf(org, row.unit)
  const common: Common = {
    personId,
    name: row.name,
    staffNo: row.employeeNumber ?? person?.staffNo ?? null,
    profile,
    orgId: org.id,
    posts: posts(row, org, person, remarks),
    workplace: said && said.id !== person?.unitId ? said : null,
  }
  if (!person) return { what: 'new', ...common, entry: entryOf(row, org, today), move: null, standing: null }
  if (person.orgId === null) return { what: 'changed', ...common, entry: entryOf(row, org, today), move: null, standing: null }
  if (person.orgId !== org.id) return plannedMove(row, { actor, org, today }, person, common, remarks)
  const standing = newStanding(row, person, today, remarks)
  const same =
    standing === null &&
    common.posts.length === 0 &&
    common.workplace === null &&
    person.name === row.name &&
    person.staffNo === common.staffNo &&
    !isOther(profile, person.profile ?? {})
  return { what: same ? 'unchanged' : 'changed', ...common, entry: null, move: null, standing }
}

/** Null: somebody new. Undefined: it cannot be said who, and the row was remarked upon. */
function onePerson(fitting: Fitting | null, remarks: Pick<Remarks, 'wrong'>): KnownPerson | null | undefined {
  if (!fitting) return null
  if (fitting.people.some(({ seen }) => !seen)) {
    remarks.wrong('', '这个人已在另一个单位的名册上', '请由双方共同的上级办理组织关系转接')
    return undefined
  }
  if (fitting.people.length === 1) return fitting.people[0]!
  const problem = { id: '身份证号和工号分别是两个人的', staffNo: '工号是两个人的', name: '姓名、支部、入党日期都相同的有两个人' }[
    fitting.by
  ]
  remarks.wrong('', `${problem}，分不清是哪一个`, fitting.by === 'name' ? '补上身份证号或工号' : '对照原件改正身份证号或工号')
  return undefined
}

/** Found by number, but called otherwise: a corrected name, or a number typed into the wrong row. */
function warnOfName(row: RosterRow, person: KnownPerson, remarks: Pick<Remarks, 'warn'>) {
  const held = person.posts.filter(({ until }) => until === null).map(({ orgName, role }) => `${orgName}${POSTS[role]}`)
  const office = held.length > 0 ? `，此人现任${held.join('、')}，以后的签名和名单都用新名` : ''
  remarks.warn('', `姓名由“${person.name}”改为“${row.name}”${office}`, '确属改名或更正的照常导入；不是同一个人的，改正身份证号或工号')
}

function plannedMove(
  row: RosterRow,
  { actor, org, today }: Pick<Given, 'actor' | 'org' | 'today'>,
  person: KnownPerson,
  common: Common,
  remarks: Pick<Remarks, 'wrong' | 'warn'>,
): Planned | null {
  if (actor.holds('members.manage', person.orgPath!) !== true) {
    remarks.wrong('', `原在${person.orgName}，你没有管理那个名册的权限`, '请由双方共同的上级办理组织关系转接')
    return null
  }
  const on = row.transferredIn?.to ?? today
  if (on <= person.since! || on < org.foundedOn) {
    remarks.wrong('', `原在${person.orgName}（${person.since} 起），转入${org.name}的日期不能早于它`, '核对支部和组织关系转入日期')
    return null
  }
  remarks.warn('', `原在${person.orgName}，按 ${on} 起转到${org.name}`, '不是转接的，请改正支部')
  const from: Membership = { id: person.membershipId!, personId: person.personId, orgId: person.orgId!, from: person.since!, until: null }
  return { what: 'changed', ...common, entry: null, move: { from, on }, standing: newStanding(row, person, today, remarks) }
}

/** Since when on this roster: as the file says, else derived (推定); of somebody who is no member yet, since today. */
function entryOf(row: RosterRow, org: OrgCard, today: string): NonNullable<Planned['entry']> {
  const member = row.standing === 'fullMember' || row.standing === 'probationaryMember'
  const said = row.transferredIn !== null && row.transferredIn.to >= org.foundedOn ? row.transferredIn : null
  const start = said?.to ?? (member ? inferredStart(lifeOf(row.joined), org.foundedOn) : today)
  return { inferred: said?.precision !== 'day', standings: standingsFrom(start, row.standing!, lifeOf(row.converted)) }
}

function newStanding(row: RosterRow, person: KnownPerson, today: string, remarks: Pick<Remarks, 'warn'>): StandingFrom | null {
  if (row.standing === person.standing) return null
  if (person.standing === 'fullMember') {
    remarks.warn('', '系统里已是正式党员，文件里不是，人员类别没有改', '请核对；确需更正的在党员档案里办理')
    return null
  }
  const converted = row.standing === 'fullMember' ? lifeOf(row.converted) : null
  if (converted && converted.until > person.since!)
    return { from: converted.until, standing: row.standing!, precision: converted.precision }
  return { from: today, standing: row.standing!, precision: 'day' }
}

const lifeOf = (date: RosterRow['joined']): LifeDate | null => date && { from: date.from, until: date.to, precision: date.precision }
