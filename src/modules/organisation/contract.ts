import { z } from 'zod'

/** Kinds of Party organisations, in the glossary's identifiers. */
export const ORG_KINDS = {
  partyCommittee: '党委',
  workCommittee: '党工委',
  generalBranch: '党总支',
  partyBranch: '党支部',
  jointBranch: '联合党支部',
  provisionalBranch: '临时党支部',
  partyGroup: '党小组',
  disciplineCommittee: '纪委',
} as const
export type OrgKind = keyof typeof ORG_KINDS
export const OrgKind = z.enum(Object.keys(ORG_KINDS) as [OrgKind, ...OrgKind[]])

/** A branch in the sense of the rules on 三会一课, whatever its special form. */
export const BRANCH_KINDS: readonly OrgKind[] = ['partyBranch', 'jointBranch', 'provisionalBranch']

/** Posts a person holds in an organisation; each brings the capabilities that modules declare for it. */
export const POSTS = {
  partySecretary: '书记',
  deputySecretary: '副书记',
  fullTimeDeputySecretary: '专职副书记',
  organizationCommissioner: '组织委员',
  publicityCommissioner: '宣传委员',
  disciplineCommissioner: '纪检委员',
  committeeMember: '委员',
  groupLeader: '党小组组长',
  partyAffairsWorker: '党务干部',
  organizer: '组织员',
  evaluator: '考核组成员',
} as const
export type PostRole = keyof typeof POSTS
export const PostRole = z.enum(Object.keys(POSTS) as [PostRole, ...PostRole[]])

/** Posts that sit in the committee of a branch (支委) or of a higher organisation. */
export const COMMITTEE_POSTS: readonly PostRole[] = [
  'partySecretary',
  'deputySecretary',
  'fullTimeDeputySecretary',
  'organizationCommissioner',
  'publicityCommissioner',
  'disciplineCommissioner',
  'committeeMember',
]

/** Roles that are no posts: what membership itself brings, and the three officers of the installation (三员分立). */
export const OTHER_ROLES = {
  partyMember: '党员',
  systemOfficer: '系统管理员',
  securityOfficer: '安全管理员',
  auditOfficer: '审计管理员',
} as const
export type Role = PostRole | keyof typeof OTHER_ROLES

/** Groups of roles that capabilities are given to. */
export const SECRETARIES = ['partySecretary', 'deputySecretary', 'fullTimeDeputySecretary'] as const
export const BRANCH_WORKERS = [
  ...SECRETARIES,
  'organizationCommissioner',
  'publicityCommissioner',
  'disciplineCommissioner',
  'committeeMember',
] as const
export const OFFICE_WORKERS = ['partyAffairsWorker', 'organizer'] as const

/** Why something recorded is taken back and recorded anew. */
export const CORRECTION_REASONS = { mistake: '登记有误', duplicate: '重复登记', ordered: '按上级通知更正' } as const
export const CorrectionReason = z.enum(
  Object.keys(CORRECTION_REASONS) as [keyof typeof CORRECTION_REASONS, ...(keyof typeof CORRECTION_REASONS)[]],
)
export type CorrectionReason = z.output<typeof CorrectionReason>

/** What may be dated ahead: a merger from next January, a term from next month. The ledger admits a day to come for these kinds only. */
const dated = <S extends z.ZodRawShape>(shape: S) => z.object(shape).meta({ planned: true })

/** What the ledger keeps of structure and posts. The fact's orgId is the organisation itself; subject is the org, unit or post. */
export const organisationFacts = {
  'org.founded': dated({ kind: OrgKind, parentId: z.uuid().nullable() }),
  /** From happenedOn the organisation stands under another parent or is of another kind. */
  'org.placed': dated({ kind: OrgKind, parentId: z.uuid().nullable() }),
  'org.renamed': dated({}),
  /** happenedOn is the first day it is no longer there. */
  'org.dissolved': dated({}),
  /** From happenedOn (first day no longer there) the organisation has gone into another. */
  'org.merged': dated({ intoId: z.uuid() }),
  'unit.founded': dated({ parentId: z.uuid().nullable(), independentLegalPerson: z.boolean() }),
  'unit.placed': dated({ parentId: z.uuid().nullable(), independentLegalPerson: z.boolean() }),
  'unit.renamed': dated({}),
  'unit.dissolved': dated({}),
  'coverage.began': dated({ unitId: z.uuid() }),
  'coverage.ended': dated({ unitId: z.uuid() }),
  'post.began': dated({ role: PostRole, fullTime: z.boolean().nullable() }),
  /** happenedOn is the first day without the post. */
  'post.ended': dated({ role: PostRole }),
  /** The person (subject) works in the unit from happenedOn; the fact's orgId is the organisation on whose roster they stand. */
  'employment.began': dated({ unitId: z.uuid() }),
  /** happenedOn is the first day no longer there; the day it began or before: they never worked there. */
  'employment.ended': dated({ unitId: z.uuid() }),
  /** A term of office from happenedOn until the day before `until`. */
  'term.began': dated({ until: z.iso.date() }),
  /** The term that holds on happenedOn (or the last one before it) lasts until the day before `until`. */
  'term.extended': dated({ until: z.iso.date() }),
  /** A grant beside posts, asked for; subject is the assignment, `by` the account that took the step. */
  'assignment.requested': z.object({ role: PostRole, subtree: z.boolean(), by: z.uuid().nullable() }),
  'assignment.approved': dated({ role: PostRole, subtree: z.boolean(), by: z.uuid().nullable() }),
  'assignment.ended': dated({ by: z.uuid().nullable() }),
}
