import { followClock } from '#kernel/civilDate.ts'

/** A refusal of the server, with its Chinese sentence; `fields` are messages by path of the input. */
export class ApiError extends Error {
  readonly status: number
  readonly code: string
  readonly fields: Record<string, string[]>
  readonly details: unknown
  readonly requestId: string | undefined

  constructor(status: number, body: Partial<ErrorBody>) {
    super(body.message ?? '服务器没有说明原因，请稍后再试')
    this.status = status
    this.code = body.code ?? 'unexpected'
    this.fields = body.fields ?? {}
    this.details = body.details
    this.requestId = body.requestId
  }
}

/** The server could not be reached: nothing is known about whether the command arrived, so it is sent again with the same key. */
export class Unreachable extends Error {
  /** The key of the command, when it waits on this machine for the connection. */
  kept?: string

  constructor() {
    super('没连上服务器，内容还在这一页，连上后请再试一次')
  }
}

interface ErrorBody {
  code: string
  message: string
  fields: Record<string, string[]>
  details: unknown
  requestId: string
}

/** Asks a query. Texts travel as they are, everything else as JSON. */
export const ask = <T>(name: string, input: object, signal?: AbortSignal): Promise<T> =>
  send<T>(addressOf(name, input), signal ? { signal } : {})

/** Sends a command with its idempotency key: the same key has its effect once, however often it is sent. */
export const tell = <T>(name: string, input: object, key: string): Promise<T> =>
  send<T>(`/api/${name}`, {
    method: 'POST',
    headers: { 'content-type': 'application/json', 'idempotency-key': key, ...csrf() },
    body: JSON.stringify(input),
  })

/** Sends a command that brings a file. */
export function hand<T>(name: string, input: object, file: File, key: string): Promise<T> {
  const body = new FormData()
  body.set('input', JSON.stringify(input))
  body.set('file', file, file.name)
  return send<T>(`/api/${name}`, { method: 'POST', headers: { 'idempotency-key': key, ...csrf() }, body })
}

/** The address of a query or download. */
export function addressOf(name: string, input: object): string {
  const params = new URLSearchParams()
  for (const [key, value] of Object.entries(input))
    if (value !== undefined) params.set(key, typeof value === 'string' ? value : JSON.stringify(value))
  const text = params.toString()
  return `/api/${name}${text ? `?${text}` : ''}`
}

/** Fetches a file and hands it to the browser to keep; for what takes long to make, so that the page can say so. */
export async function fetchFile(address: string): Promise<void> {
  const response = await reach(address, {})
  if (!response.ok) throw new ApiError(response.status, await response.json().catch(() => ({})))
  const name = /filename\*=UTF-8''([^;]+)/i.exec(response.headers.get('content-disposition') ?? '')?.[1]
  const link = document.createElement('a')
  link.href = URL.createObjectURL(await response.blob())
  link.download = name ? decodeURIComponent(name) : ''
  link.click()
  // The browser has read it by then.
  setTimeout(() => URL.revokeObjectURL(link.href), 60_000)
}

/** A random UUID, also on pages that are no secure context. */
export function newKey(): string {
  const bytes = crypto.getRandomValues(new Uint8Array(16))
  bytes[6] = (bytes[6]! & 0x0f) | 0x40
  bytes[8] = (bytes[8]! & 0x3f) | 0x80
  const hex = [...bytes].map((byte) => byte.toString(16).padStart(2, '0')).join('')
  return hex.replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5')
}

/** True when the browser holds the readable half of a session. */
export const seemsSignedIn = () => csrfToken() !== undefined

async function send<T>(address: string, init: RequestInit): Promise<T> {
  const response = await reach(address, init)
  if (response.ok) return response.json()
  throw new ApiError(response.status, await response.json().catch(() => ({})))
}

async function reach(address: string, init: RequestInit): Promise<Response> {
  try {
    const response = await fetch(address, { credentials: 'same-origin', ...init })
    const now = Number(response.headers.get('x-now'))
    if (now) followClock(now)
    return response
  } catch (error) {
    if (error instanceof DOMException && error.name === 'AbortError') throw error
    throw new Unreachable()
  }
}

function csrf(): Record<string, string> {
  const token = csrfToken()
  return token ? { 'x-csrf': token } : {}
}

const csrfToken = () => document.cookie.match(/(?:^|;\s*)(?:__Host-csrf|rj-csrf)=([^;]+)/)?.[1]
