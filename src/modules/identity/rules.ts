import type { Office, PasswordProfile } from './contract.ts'

export interface Rules {
  /** What the person reads before choosing a password. */
  password: string
  /** At least this many of: small letters, capital letters, digits, marks. */
  kinds: number
  /** Days after which a password must be replaced; null when never. */
  rotation: number | null
  /** How many former passwords may not come back. */
  former: number
  officersNeedTotp: boolean
}

export const MIN_PASSWORD = 12

/**
 * The two profiles: `standard` follows OWASP ASVS 5.0 chapter 6 (length, no composition, no rotation);
 * `mlps3` follows 等保三级 (GB/T 22239 8.1.4.1), which asks for complexity, rotation and a second factor.
 */
export const RULES: Record<PasswordProfile, Rules> = {
  standard: {
    password: '至少 12 位，越长越好；不用常见密码、单位名称、姓名和工号',
    kinds: 1,
    rotation: null,
    former: 1,
    officersNeedTotp: false,
  },
  mlps3: {
    password: '至少 12 位，大写字母、小写字母、数字、符号至少三种；不用常见密码、单位名称、姓名和工号；90 天换一次',
    kinds: 3,
    rotation: 90,
    former: 5,
    officersNeedTotp: true,
  },
}

const MINUTE = 60_000

/** How long a session lives without use and at most, and how many an account may have; officers have less. */
export const sessionRules = (office: Office | null) =>
  office && office !== 'partyAffairsWorker'
    ? { idle: 15 * MINUTE, absolute: 12 * 60 * MINUTE, parallel: 1 }
    : { idle: 30 * MINUTE, absolute: 12 * 60 * MINUTE, parallel: 3 }

export const LOCK = { failures: 5, window: 15 * MINUTE, duration: 30 * MINUTE, slowAfter: 20, slowest: 8000 }
export const TICKET_LIFE = 5 * MINUTE
