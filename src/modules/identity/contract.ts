import { z } from 'zod'
import { Paged, pageOf } from '#kernel/paging.ts'

/** The three officers (三员) and the 党务干部 of the whole unit, who starts before any roster exists. */
export const OFFICES = {
  systemOfficer: '系统管理员',
  securityOfficer: '安全管理员',
  auditOfficer: '审计管理员',
  partyAffairsWorker: '党务干部（全单位）',
} as const
export type Office = keyof typeof OFFICES
export const Office = z.enum(Object.keys(OFFICES) as [Office, ...Office[]])

/** The offices that three different persons must hold. */
export const OFFICERS = ['systemOfficer', 'securityOfficer', 'auditOfficer'] as const

export const ACCOUNT_STATES = { invited: '待激活', active: '在用', disabled: '已停用' } as const
export type AccountState = keyof typeof ACCOUNT_STATES
export const AccountState = z.enum(Object.keys(ACCOUNT_STATES) as [AccountState, ...AccountState[]])

/** Where the installation stands: nobody yet; three officers not yet three persons; ready. */
export const Stage = z.enum(['empty', 'officers', 'ready'])
export type Stage = z.output<typeof Stage>

/** What a person must do before anything else is open to them. */
export const MustDo = z.enum(['enrolTotp'])

export const PASSWORD_PROFILES = { standard: '标准（长度为主）', mlps3: '等保三级' } as const
export type PasswordProfile = keyof typeof PASSWORD_PROFILES
export const PasswordProfile = z.enum(Object.keys(PASSWORD_PROFILES) as [PasswordProfile, ...PasswordProfile[]])

const moment = z.iso.datetime()
const unitName = z.string().trim().min(2).max(60)
const personName = z.string().trim().min(1).max(60)
const password = z.string().min(1).max(200)
export const Done = z.object({ done: z.literal(true) })

/** A login that is no phone number is a 工号. */
export const STAFF_NO = /^[0-9A-Za-z][0-9A-Za-z_-]{0,31}$/
export const PHONE = /^1\d{10}$/

/** `identity.welcome`, open: what a visitor may know before signing in. The first run is offered while `stage` is `empty`. */
export const Welcome = z.object({
  stage: Stage,
  unit: z.object({ name: z.string() }).nullable(),
  passwordRule: z.string(),
  /** The unit's own sign-in service: what its button says and the page that goes there; null when none is set up. */
  provider: z.object({ label: z.string(), to: z.string() }).nullable(),
  version: z.string(),
})

/** `identity.session`: who is signed in. Answers 401 when nobody is; sets the `csrf` cookie. */
export const Session = z.object({
  account: z.object({
    id: z.uuid(),
    personId: z.uuid().nullable(),
    name: z.string(),
    /** In Chinese, for showing. What a person may do stands in `capabilities`. */
    offices: z.array(z.string()),
    hasTotp: z.boolean(),
  }),
  /** Empty orgId: the whole unit, before it has any organisation. */
  capabilities: z.array(z.object({ capability: z.string(), orgId: z.string(), orgName: z.string() })),
  orgs: z.array(z.object({ id: z.uuid(), name: z.string(), kind: z.string() })),
  unit: z.object({ name: z.string() }).nullable(),
  stage: Stage,
  notices: z.array(z.string()),
  mustDo: z.array(MustDo),
  idleMinutes: z.int(),
})

const login = z.string().trim().min(1).max(60)
const sixDigits = z
  .string()
  .trim()
  .regex(/^\d{6}$/, '动态口令是 6 位数字')
const ticket = z.string().min(20).max(200)

/** After a step of signing in: in (cookies are set), or what is still asked for, with a ticket that is good for five minutes. */
export const Next = z.discriminatedUnion('next', [
  z.object({ next: z.literal('in') }),
  z.object({ next: z.literal('totp'), ticket: z.string() }),
  z.object({ next: z.literal('newPassword'), ticket: z.string(), reason: z.string() }),
])
export type Next = z.output<typeof Next>

/** `identity.signIn`, open; login is 工号 or phone. Refusals: wrong-login (422), locked, access-ended, account-disabled (403). */
export const SignIn = z.object({ login, password })
/** `identity.signInTotp`, open: the second step. */
export const SignInTotp = z.object({ ticket, code: sixDigits })
/** `identity.replacePassword`, open: a password that has run out, with the ticket of the first step. */
export const ReplacePassword = z.object({ ticket, password })
/** `identity.activate`, open: a one-time code (of a slip, or given in presence) and the person's own new password. */
export const Activate = z.object({ login, code: z.string().trim().min(1).max(40), password })
/** `identity.firstRun`, open while `stage` is `empty`. The code is printed by `start`; login is the first officer's 工号 or phone. */
export const FirstRun = z.object({
  code: z.string().trim().min(1).max(40),
  unitName,
  name: personName,
  login,
  password,
})

export const SignOut = z.object({})
export const ChangePassword = z.object({ oldPassword: password, newPassword: password })
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
export const OfficeIssued = z.object({ slip: Slip, until: moment })

/** `identity.offices`: who holds what, for the page of the system officer; `identity.endOffice` ends one. */
export const OfficeRow = z.object({
  id: z.uuid(),
  office: Office,
  name: z.string(),
  staffNo: z.string().nullable(),
  state: AccountState,
  since: z.iso.date(),
  can: z.object({ end: z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })]) }),
})
export const EndOffice = z.object({ id: z.uuid() })

export const SessionRow = z.object({
  id: z.uuid(),
  current: z.boolean(),
  /** Browser and system in Chinese. */
  device: z.string(),
  source: z.string(),
  since: moment,
  lastSeen: moment,
})
/** `identity.sessions`: one's own, or of an account for the system officer. */
export const Sessions = z.object({ accountId: z.uuid().optional() })
export const SessionList = z.object({ items: z.array(SessionRow) })
export const RevokeSession = z.object({ id: z.uuid() })

const SlipFilter = {
  orgId: z.uuid().optional(),
  /** Only holders of one of these posts; everybody on the roster when left out. */
  posts: z.array(z.string().max(40)).max(20).optional(),
  /** Also those who were invited and have not yet activated (a new code replaces the old one). */
  again: z.boolean().default(false),
}
/** `identity.previewSlips`: whom a batch would reach. */
export const PreviewSlips = z.object({ ...SlipFilter, ...Paged.shape })
export const SlipCandidate = z.object({
  personId: z.uuid(),
  name: z.string(),
  orgName: z.string(),
  posts: z.array(z.string()),
  login: z.string().nullable(),
  account: AccountState.nullable(),
  /** Why no slip can be made, in Chinese. */
  problem: z.string().nullable(),
})
export const SlipPreview = z.object({ ...pageOf(SlipCandidate).shape, total: z.int(), issuable: z.int() })

/** `identity.issueSlips`: makes accounts and codes for everybody of the filter; `expected` is the number the preview showed. */
export const IssueSlips = z.object({
  ...SlipFilter,
  without: z.array(z.uuid()).max(2000).default([]),
  title: z.string().trim().min(1).max(60),
  validDays: z.int().min(1).max(90).default(14),
})
export const SlipsIssued = z.object({
  batchId: z.uuid(),
  until: moment,
  slips: z.array(Slip),
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
  can: z.object({ revoke: z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })]) }),
})
export const Batches = Paged
export const BatchPage = pageOf(Batch)
export const RevokeBatch = z.object({ id: z.uuid() })

/** `identity.resetByPresence`: the person stands before the system officer. */
export const ResetByPresence = z.object({ accountId: z.uuid(), version: z.int(), seenDocument: z.string().trim().min(2).max(60) })
export const ResetIssued = z.object({ slip: Slip, until: moment })

export const Accounts = Paged.extend({ state: AccountState.optional(), text: z.string().trim().max(60).optional() })
export const Account = z.object({
  id: z.uuid(),
  name: z.string(),
  login: z.string(),
  state: AccountState,
  offices: z.array(Office),
  hasTotp: z.boolean(),
  lastSignInAt: moment.nullable(),
  version: z.int(),
})
export const AccountPage = pageOf(Account)
/** `identity.disable` and `identity.enable`. */
export const SwitchAccount = z.object({ accountId: z.uuid(), version: z.int() })
export const AccountSwitched = z.object({ version: z.int() })

/** `identity.enableTotp` gives the secret once; `identity.confirmTotp` proves that the phone holds it. */
export const EnableTotp = z.object({ password })
export const TotpSecret = z.object({ uri: z.string(), secret: z.string(), qr: z.string() })
export const ConfirmTotp = z.object({ totp: sixDigits })
export const DisableTotp = z.object({ password, totp: sixDigits })

export const SIGN_IN_RESULTS = {
  done: '登录成功',
  wrongPassword: '密码不对',
  wrongTotp: '动态口令不对',
  wrongCode: '一次性码不对',
  locked: '暂停登录中',
  accessEnded: '已无任职或党员身份',
  disabled: '账号已停用',
  activated: '用一次性码设置了密码',
  resetIssued: '当面发了重设密码的一次性码',
  unknownPerson: '统一登录的工号没有账号',
} as const
export type SignInResult = keyof typeof SIGN_IN_RESULTS
export const SignInEntry = z.object({
  id: z.uuid(),
  at: moment,
  source: z.string(),
  agent: z.string(),
  factor: z.enum(['password', 'passwordTotp', 'oidc', 'code']),
  result: z.enum(Object.keys(SIGN_IN_RESULTS) as [SignInResult, ...SignInResult[]]),
})
export const SignInLog = Paged
export const SignInLogPage = pageOf(SignInEntry)

/** `identity.oidcStart`, open: the page goes to `url`, and comes back to `<origin>/oidc?code&state`; `identity.oidcFinish` signs in. */
export const OidcStart = z.object({ origin: z.url().max(200) })
export const OidcGo = z.object({ url: z.string() })
export const OidcFinish = z.object({ address: z.url().max(4000) })

/** Grants beside posts that wait for the security officer. */
export const WaitingAssignment = z.object({
  id: z.uuid(),
  personName: z.string(),
  staffNo: z.string().nullable(),
  role: z.string(),
  orgName: z.string(),
  subtree: z.boolean(),
  from: z.iso.date(),
  until: z.iso.date().nullable(),
  requestedBy: z.string().nullable(),
  requestedAt: moment,
  version: z.int(),
  can: z.object({ approve: z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })]) }),
})
export const WaitingAssignments = Paged
export const WaitingAssignmentPage = pageOf(WaitingAssignment)
export const ApproveAssignment = z.object({ id: z.uuid(), version: z.int() })
export const RefuseAssignment = z.object({ id: z.uuid(), version: z.int(), reason: z.string().trim().min(2).max(200) })

export const AuditFilter = Paged.extend({
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
export const AuditPage = pageOf(AuditEntry)

export const ChooseProfile = z.object({ profile: PasswordProfile })

/** Facts about who may act. Subject is the account; they belong to no organisation. */
export const identityFacts = {
  'office.began': z.object({ office: Office }),
  /** happenedOn is the first day without the office. */
  'office.ended': z.object({ office: Office }),
}
