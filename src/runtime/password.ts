import { hash, verify } from '@node-rs/argon2'
import { refusal } from './refusal.ts'

export interface PasswordHasher {
  /** The argon2id string to store. `source` is whoever asks (an address): sources take turns. */
  hash: (password: string, source: string) => Promise<string>
  /** Whether the password fits; without a stored string it takes the same time and answers false, so that accounts cannot be guessed. */
  verify: (stored: string | undefined, password: string, source: string) => Promise<boolean>
  /** True when the string was made with weaker parameters than today's. */
  isOld: (stored: string) => boolean
  /** How many wait now, for the metrics. */
  waiting: () => number
}

export interface HasherLimits {
  /** How many are computed at once. */
  atOnce?: number
  /** How many may wait in all, and from one source; more are refused with code `busy`. */
  waiting?: number
  waitingPerSource?: number
}

// OWASP Password Storage Cheat Sheet: argon2id, 19 MiB, 2 passes, 1 lane; argon2id is the library's default kind.
const parameters = { memoryCost: 19_456, timeCost: 2, parallelism: 1 }
const decoy = hash('no account has this password', parameters)

/** Hashes passwords in a bounded queue in which the sources take turns, so that a wave from one place starves nobody elsewhere. */
export function passwordHasher({ atOnce = 2, waiting = 500, waitingPerSource = 100 }: HasherLimits = {}): PasswordHasher {
  const turns = new Map<string, (() => void)[]>()
  let running = 0
  let count = 0

  const inTurn = async <T>(source: string, work: () => Promise<T>): Promise<T> => {
    await admitted(source)
    try {
      return await work()
    } finally {
      running--
      next()
    }
  }
  const admitted = (source: string) =>
    new Promise<void>((start, refuse) => {
      const line = turns.get(source) ?? []
      if (count >= waiting || line.length >= waitingPerSource) return refuse(refusal('busy', '现在登录的人太多，请过几秒再试。'))
      turns.set(source, [...line, start])
      count++
      next()
    })
  const next = () => {
    const first = turns.entries().next().value
    if (!first || running >= atOnce) return
    const [source, [start, ...rest]] = first
    // Leaving the front of the map and joining its end is what makes the sources take turns.
    turns.delete(source)
    if (rest.length > 0) turns.set(source, rest)
    count--
    running++
    start?.()
  }

  return {
    hash: (password, source) => inTurn(source, () => hash(normalised(password), parameters)),
    verify: (stored, password, source) =>
      inTurn(source, async () => (await verify(stored ?? (await decoy), normalised(password))) && stored !== undefined),
    isOld: (stored) =>
      !stored.startsWith(`$argon2id$v=19$m=${parameters.memoryCost},t=${parameters.timeCost},p=${parameters.parallelism}$`),
    waiting: () => count,
  }
}

// A Chinese keyboard may type full-width letters and digits that look the same.
const normalised = (password: string) => password.normalize('NFKC')
