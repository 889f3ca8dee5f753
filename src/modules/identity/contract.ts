import { z } from 'zod'
import { POSTS } from '#modules/organisation/contract.ts'

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

/** Posts whose holders may be chosen when slips are made. */
export const SLIP_POSTS = POSTS

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

/** `identity.confirmSelf`: the six digits when an authenticator is bound, else the password; good for five minutes in this session. */
export const ConfirmSelf = z.object({ password: password.optional(), totp: sixDigits.optional() })

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
  officerElsewhere: '三员不走统一登录',
} as const
export type SignInResult = keyof typeof SIGN_IN_RESULTS
export const SignInEntry = z.object({
  id: z.uuid(),
  at: moment,
  source: z.string(),
  /** Browser and system in Chinese. */
  device: z.string(),
  factor: z.enum(['password', 'passwordTotp', 'oidc', 'code']),
  result: z.enum(Object.keys(SIGN_IN_RESULTS) as [SignInResult, ...SignInResult[]]),
})

/** `identity.oidcStart`, an open command: the page goes to `url`, and comes back to `<origin>/oidc?code&state`; `identity.oidcFinish`, a command too, signs in. */
export const OidcStart = z.object({ origin: z.url().max(200) })
export const OidcGo = z.object({ url: z.string() })
export const OidcFinish = z.object({ address: z.url().max(4000) })

/** What a person may do only when another one agrees. */
export const AGREEMENTS = { officerReset: '重设管理员的密码', rosterExport: '导出党员名册' } as const
export type AgreementKind = keyof typeof AGREEMENTS
export const AgreementKind = z.enum(Object.keys(AGREEMENTS) as [AgreementKind, ...AgreementKind[]])

/** Of an agreement: `about` is the account or the organisation, `by` the account that took the step, `count` the persons it reaches. */
const agreement = z.object({ kind: AgreementKind, about: z.uuid().nullable(), count: z.int().nullable(), by: z.uuid().nullable() })

/** Facts about who may act. Subject is the account, `by` the account that took the step; they belong to no organisation. */
export const identityFacts = {
  'office.requested': z.object({ office: Office, by: z.uuid().nullable() }),
  'office.began': z.object({ office: Office, by: z.uuid().nullable() }),
  /** happenedOn is the first day without the office. */
  'office.ended': z.object({ office: Office, by: z.uuid().nullable() }),
  'agreement.asked': agreement,
  'agreement.given': agreement,
  'agreement.refused': agreement,
}
