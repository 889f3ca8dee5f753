import { useSyncExternalStore } from 'react'
import { ApiError, tell, Unreachable } from './request.ts'

/** A command that waits for the connection. Its key makes sending it twice harmless. */
export interface Kept {
  key: string
  name: string
  input: unknown
  /** What it is, in the words of the form: 「9月24日支部党员大会」. */
  title: string
  account: string
  /** Why the server refused it, once it was reached. */
  refused?: string
}

const KEY = 'rongjian.outbox'
const listeners = new Set<() => void>()
let kept: Kept[] = stored()
let sending = false

/** Keeps a command on this machine and gives the error whose sentence says so. */
export function keep(command: Kept): Unreachable {
  const error = new Unreachable()
  if (!store([...kept.filter(({ key }) => key !== command.key), command])) return error
  error.message = '没连上服务器，已存在本机，连上后自动送出'
  error.kept = command.key
  return error
}

/** What waits on this machine for this account. */
export function useOutbox(account: string): Kept[] {
  const all = useSyncExternalStore(subscribe, () => kept)
  return all.filter((command) => command.account === account)
}

/** True once a command that was kept under this key is gone from here: sent, or discarded. */
export function useGone(key: string | undefined): boolean {
  const all = useSyncExternalStore(subscribe, () => kept)
  return key !== undefined && !all.some((command) => command.key === key)
}

/** Removes a command without sending it. */
export const discard = (key: string) => void store(kept.filter((command) => command.key !== key))

/** Sends what waits, in order; stops where the connection stops, and keeps what was refused with its reason. */
export async function sendKept(account: string, sent: (command: Kept) => void): Promise<void> {
  if (sending) return
  sending = true
  try {
    for (const command of kept.filter((c) => c.account === account && !c.refused)) {
      const refused = await attempt(command)
      if (refused === undefined) sent(command)
      store(refused === undefined ? kept.filter((c) => c !== command) : kept.map((c) => (c === command ? { ...c, refused } : c)))
    }
  } catch (error) {
    if (!(error instanceof Unreachable)) throw error
  } finally {
    sending = false
  }
}

async function attempt({ name, input, key }: Kept): Promise<string | undefined> {
  try {
    await tell(name, input as object, key)
    return undefined
  } catch (error) {
    if (!(error instanceof ApiError)) throw error
    // Signed out or busy: it stays and is sent later.
    if (error.status === 401 || error.status >= 500) throw new Unreachable()
    return error.message
  }
}

function stored(): Kept[] {
  try {
    return JSON.parse(localStorage.getItem(KEY) ?? '[]')
  } catch {
    return []
  }
}

function store(next: Kept[]): boolean {
  kept = next
  for (const told of listeners) told()
  try {
    localStorage.setItem(KEY, JSON.stringify(next))
    return true
  } catch {
    return false
  }
}

function subscribe(told: () => void) {
  listeners.add(told)
  return () => void listeners.delete(told)
}
