import { sql } from 'kysely'
import type { Db } from '#kernel/database.ts'
import { invalid } from '#kernel/errors.ts'
import { PHONE, STAFF_NO } from './contract.ts'
import { services } from './services.ts'
import type { AccountRow } from './tables.ts'

export interface Login {
  kind: 'staffNo' | 'phone'
  /** The keyed index by which it is found. */
  key: string
  /** What lists and slips show: of a phone only the ends. */
  shown: string
  staffNo: string | null
}

/** Reads a login name as typed: eleven digits beginning with 1 are a phone number, everything else is a 工号. */
export function loginOf(text: string): Login {
  const plain = text.normalize('NFKC').trim()
  const { cipher } = services()
  if (PHONE.test(plain))
    return { kind: 'phone', key: cipher.blindIndex(plain, PHONE_INDEX), shown: `${plain.slice(0, 3)}****${plain.slice(7)}`, staffNo: null }
  return { kind: 'staffNo', key: cipher.blindIndex(plain.toUpperCase(), 'identity.staffNo'), shown: plain, staffNo: plain }
}

/** The purpose under which members index phone numbers too, so that a slip can be made without opening one. */
export const PHONE_INDEX = 'members.phone'

/** A login name for a new account, or a refusal that names the field. */
export function newLoginOf(text: string, field = 'login'): Login {
  const login = loginOf(text)
  if (login.kind === 'phone' || STAFF_NO.test(login.shown)) return login
  const message = '请填工号（字母和数字，最多 32 位）或 11 位手机号'
  throw invalid('bad-login', message, { [field]: [message] })
}

export interface KnownAccount extends AccountRow {
  name: string
  staff_no: string | null
  /** The login names as shown. */
  logins: string[]
}

/** The account behind a login name, with the person's name; undefined when there is none. */
export async function accountByLogin(db: Db, key: string): Promise<KnownAccount | undefined> {
  const { rows } = await sql<KnownAccount>`select ${ACCOUNT} from identity.login l join identity.account a on a.id = l.account_id
    join organisation.person p on p.id = a.person_id where l.key = ${key}`.execute(db)
  return rows[0]
}

/** The account of an id; `lock` for a change. */
export async function accountById(db: Db, id: string | null, lock: 'lock' | 'read' = 'read'): Promise<KnownAccount | undefined> {
  const { rows } = await sql<KnownAccount>`select ${ACCOUNT} from identity.account a
    join organisation.person p on p.id = a.person_id where a.id = ${id}${lock === 'lock' ? sql` for update of a` : sql``}`.execute(db)
  return rows[0]
}

const ACCOUNT = sql`a.*, p.name, p.staff_no,
  array(select shown from identity.login n where n.account_id = a.id order by n.kind desc) as logins`
