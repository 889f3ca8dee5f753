import { useEffect, useRef, useState } from 'react'
import { useSession } from './session.ts'

interface Draft<T> {
  at: string
  values: T
}

/** Names of values that never rest in the browser: secrets and personal data of the protected classes. */
const PROTECTED = /idnumber|identity(number)?$|phone|mobile|address|password|secret|code$/i

/**
 * The draft of one form of one account, kept in this browser until it is sent or discarded: it survives a lost connection, a lost
 * session and a closed tab. `form` names the form and what it is about, e.g. `meetings.record:<orgId>`. Protected values are left out.
 */
export function useDraft<T extends object>(form: string) {
  const { account } = useSession()
  const key = `rongjian.draft.${account.id}.${form}`
  const [restored, setRestored] = useState(() => read<T>(key))
  const waiting = useRef<ReturnType<typeof setTimeout> | undefined>(undefined)
  const latest = useRef<T | null>(null)

  const write = () => {
    clearTimeout(waiting.current)
    if (latest.current) store(key, latest.current)
    latest.current = null
  }
  useEffect(() => {
    addEventListener('pagehide', write)
    return () => {
      write()
      removeEventListener('pagehide', write)
    }
  })

  return {
    /** What was found when the form opened: `{ at, values }`, or null. */
    restored,
    /** Call with all values after each change. */
    save: (values: T) => {
      latest.current = values
      clearTimeout(waiting.current)
      waiting.current = setTimeout(write, 400)
    },
    /** Call after success, or when the person throws the draft away. */
    clear: () => {
      clearTimeout(waiting.current)
      latest.current = null
      localStorage.removeItem(key)
      setRestored(null)
    },
  }
}

/** Removes every draft of an account from this browser, as signing out for good does. */
export function clearDrafts(accountId: string) {
  const prefix = `rongjian.draft.${accountId}.`
  for (const key of Object.keys(localStorage)) if (key.startsWith(prefix)) localStorage.removeItem(key)
}

/** The values without those that must not rest in the browser, at every depth. */
export function withoutProtected(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(withoutProtected)
  if (value === null || typeof value !== 'object') return value
  return Object.fromEntries(
    Object.entries(value)
      .filter(([name]) => !PROTECTED.test(name))
      .map(([name, inner]) => [name, withoutProtected(inner)]),
  )
}

function read<T>(key: string): Draft<T> | null {
  try {
    return JSON.parse(localStorage.getItem(key) ?? 'null')
  } catch {
    return null
  }
}

function store(key: string, values: object) {
  try {
    localStorage.setItem(key, JSON.stringify({ at: new Date().toISOString(), values: withoutProtected(values) }))
  } catch {
    // Storage full or forbidden: the form still works, it only loses this convenience.
  }
}
