import { z } from 'zod'
import { POSTS, type PostRole } from '#modules/organisation/contract.ts'
import { AccountState, AgreementKind, Office, PasswordProfile } from './contract.ts'

// Questions and answers of the three officers; what everybody meets stands in contract.ts.

const moment = z.iso.datetime()
const personName = z.string().trim().min(1).max(60)
const login = z.string().trim().min(1).max(60)

/** A code to be handed to a person, told only in this answer. */
export const Slip = z.object({
  accountId: z.uuid(),
  personId: z.uuid().nullable(),
  name: z.string(),
  orgName: z.string().nullable(),
  /** The login name printed on the slip: 工号, or 手机号. */
  login: z.string(),
  code: z.string(),
})
export type Slip = z.output<typeof Slip>

/** `identity.issueOffice`: a slip for an officer or the first 党务干部, for whom no roster exists yet. */
export const IssueOffice = z.object({
  office: Office,
  name: personName,
  /** 工号 or phone. */
  login,
  validDays: z.int().min(1).max(30).default(7),
})
/** No slip when the person already has an account in use. `waits`: in force only when the security officer has approved. */
export const OfficeIssued = z.object({ slip: Slip.nullable(), until: moment.nullable(), waits: z.boolean() })

/** True, or why this reader may not take the step now. */
export const Can = z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })])

/** `identity.offices`: who holds what, and who waits for approval. */
export const OfficeRow = z.object({
  id: z.uuid(),
  accountId: z.uuid(),
  office: Office,
  name: z.string(),
  login: z.string(),
  state: AccountState,
  since: z.iso.date(),
  waits: z.boolean(),
  can: z.object({ approve: Can, end: Can }),
})
export const OfficeList = z.object({ profile: PasswordProfile, items: z.array(OfficeRow) })
/** `identity.approveOffice`, `identity.refuseOffice`, `identity.endOffice`. */
export const ById = z.object({ id: z.uuid() })

/** Whom a batch reaches: members and holders of posts on today's rosters. */
export const SlipFilter = z.object({
  /** The organisation and all below it; the whole unit when left out. */
  orgId: z.uuid().optional(),
  /** Only holders of one of these posts; everybody when left out. */
  posts: z
    .array(z.enum(Object.keys(POSTS) as [PostRole, ...PostRole[]]))
    .max(20)
    .optional(),
  /** Also those who were invited and have not yet activated: a new code replaces the old one. */
  again: z.boolean().default(false),
})
export const SlipCandidate = z.object({
  personId: z.uuid(),
  name: z.string(),
  orgName: z.string(),
  /** In Chinese. */
  posts: z.array(z.string()),
  login: z.string().nullable(),
  account: AccountState.nullable(),
  /** Why no slip can be made, in Chinese. */
  problem: z.string().nullable(),
})
export type SlipCandidate = z.output<typeof SlipCandidate>

/** `identity.issueSlips`: makes accounts and codes for everybody of the filter but those left out. */
export const IssueSlips = SlipFilter.extend({
  without: z.array(z.uuid()).max(2000).default([]),
  title: z.string().trim().min(1).max(60),
  validDays: z.int().min(1).max(90).default(14),
})
export const SlipsIssued = z.object({
  batchId: z.uuid(),
  until: moment,
  slips: z.array(Slip),
  /** Who got none, and why. */
  left: z.array(z.object({ name: z.string(), problem: z.string() })),
  /** The same list as an .xlsx file, base64: the server keeps no code. */
  sheet: z.string(),
})

export const Batch = z.object({
  id: z.uuid(),
  title: z.string(),
  issuedAt: moment,
  issuedBy: z.string(),
  until: moment,
  count: z.int(),
  used: z.int(),
  revokedAt: moment.nullable(),
  can: z.object({ revoke: Can }),
})

/** `identity.resetByPresence`: the person stands before the system officer. */
export const ResetByPresence = z.object({ accountId: z.uuid(), version: z.int(), seenDocument: z.string().trim().min(2).max(60) })
export const ResetIssued = z.object({ slip: Slip, until: moment })
/** `identity.requestReset`: of who holds an office, it takes another officer's agreement before the code is given. */
export const RequestReset = ResetByPresence
export const Requested = z.object({ id: z.uuid(), until: moment })

/** `identity.agreements`: what waits for this person's agreement, and what this person has asked for in the last three days. */
export const Agreement = z.object({
  id: z.uuid(),
  kind: AgreementKind,
  /** The account or organisation it is about. */
  subject: z.uuid().nullable(),
  /** What it is about, in Chinese. */
  about: z.string(),
  /** Exactly what may be done: of a roster the filter. */
  detail: z.record(z.string(), z.json()),
  count: z.int().nullable(),
  reason: z.string(),
  mine: z.boolean(),
  askedBy: z.string().nullable(),
  askedAt: moment,
  until: moment,
  state: z.enum(['waiting', 'agreed', 'declined', 'used', 'over']),
  decidedBy: z.string().nullable(),
  remark: z.string().nullable(),
  version: z.int(),
  can: z.object({ agree: Can }),
})
export const Agree = z.object({ id: z.uuid(), version: z.int() })
export const Decline = z.object({ id: z.uuid(), version: z.int(), reason: z.string().trim().min(2).max(200) })

export const AccountFilter = z.object({ state: AccountState.optional(), text: z.string().trim().max(60).optional() })
export const Account = z.object({
  id: z.uuid(),
  name: z.string(),
  login: z.string(),
  state: AccountState,
  /** In Chinese. */
  office: z.string().nullable(),
  hasTotp: z.boolean(),
  lastSignInAt: moment.nullable(),
  version: z.int(),
  can: z.object({ disable: Can, enable: Can, requestReset: Can, reset: Can }),
})
/** `identity.disable` and `identity.enable`. */
export const SwitchAccount = z.object({ accountId: z.uuid(), version: z.int() })
export const AccountSwitched = z.object({ version: z.int() })

/** `identity.requestAssignment`: a grant beside posts; in force when the security officer has approved. */
export const RequestAssignment = z.object({
  personId: z.uuid(),
  role: z.enum(Object.keys(POSTS) as [PostRole, ...PostRole[]]),
  orgId: z.uuid(),
  subtree: z.boolean(),
  /** Today when left out. */
  from: z.iso.date().optional(),
  /** First day without it. */
  until: z.iso.date().optional(),
  reason: z.string().trim().min(2).max(200).optional(),
})
export const AssignmentRequested = z.object({ id: z.uuid() })
export const FoundPerson = z.object({ personId: z.uuid(), name: z.string(), staffNo: z.string().nullable(), orgName: z.string() })

/** `identity.assignments`: grants beside posts that wait for the security officer, or are in force. */
export const AssignmentFilter = z.object({ state: z.enum(['waiting', 'inForce']).default('waiting') })
export const AssignmentRow = z.object({
  id: z.uuid(),
  personName: z.string(),
  staffNo: z.string().nullable(),
  /** In Chinese. */
  role: z.string(),
  orgName: z.string(),
  subtree: z.boolean(),
  from: z.iso.date(),
  until: z.iso.date().nullable(),
  reason: z.string().nullable(),
  requestedBy: z.string().nullable(),
  requestedAt: moment,
  version: z.int(),
  can: z.object({ approve: Can, end: Can }),
})
export const ApproveAssignment = z.object({ id: z.uuid(), version: z.int() })
export const RefuseAssignment = z.object({ id: z.uuid(), version: z.int(), reason: z.string().trim().min(2).max(200) })

export const AuditFilter = z.object({
  from: z.iso.date().optional(),
  until: z.iso.date().optional(),
  operation: z.string().max(80).optional(),
  who: z.string().trim().max(60).optional(),
  outcome: z.enum(['done', 'refused']).optional(),
})
export const AuditEntry = z.object({
  id: z.uuid(),
  at: moment,
  who: z.string(),
  operation: z.string(),
  title: z.string(),
  subject: z.string().nullable(),
  outcome: z.string(),
  source: z.string().nullable(),
  requestId: z.string(),
})

export const ChooseProfile = z.object({ profile: PasswordProfile })
