import { hash } from 'node:crypto'
import { sql } from 'kysely'

/** A fact as the ledger hashes it: every column as text, the body as PostgreSQL prints its jsonb. */
export interface FactText {
  actorId: string | null
  body: string
  happenedOn: string
  id: string
  kind: string
  operation: string
  orgId: string
  personId: string | null
  recordedAt: string
  subject: string
}

/** Selects a `FactText` from `ledger.fact f`, whatever the session's time zone and date style are. */
export const factText = sql`f.actor_id as "actorId", f.body::text as body, to_char(f.happened_on, 'YYYY-MM-DD') as "happenedOn",
  f.id, f.kind, f.operation, f.org_id as "orgId", f.person_id as "personId",
  to_char(f.recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt", f.subject`

/** The canonical JSON (RFC 8785 for what a body may hold) of a whole fact: keys sorted, no blanks, ids included. */
export function leafText(f: FactText): string {
  return (
    `{"actorId":${orNull(f.actorId)},"body":${canonicalBody(f.body)},"happenedOn":"${f.happenedOn}","id":"${f.id}",` +
    `"kind":${JSON.stringify(f.kind)},"operation":${JSON.stringify(f.operation)},"orgId":"${f.orgId}",` +
    `"personId":${orNull(f.personId)},"recordedAt":"${f.recordedAt}","subject":"${f.subject}"}`
  )
}

const orNull = (id: string | null) => (id === null ? 'null' : `"${id}"`)

/** Leaf hash of RFC 6962 in hex: SHA-256 of a zero byte and the canonical JSON. */
export const leafHash = (text: string): string => hash('sha256', `\0${text}`, 'hex')

/**
 * The canonical JSON of a body from its jsonb text. A body that JavaScript cannot hold exactly (only a hand in the database
 * writes such) stands as PostgreSQL prints it, so that no two different bodies share a form: 5 and 5.00000000000000000001 are
 * the same number to JavaScript, not to SQL.
 */
export function canonicalBody(jsonb: string): string {
  separators = 0
  const canonical = canonicalJson(JSON.parse(jsonb))
  return canonical.length + separators === jsonb.length ? canonical : jsonb
}

// jsonb prints one blank after each comma and colon; counting them while writing is the cheapest exact comparison. NaN: inexact.
let separators = 0

/** Canonical JSON of plain data: keys sorted by UTF-16 code units, no blanks. */
export function canonicalJson(value: unknown): string {
  if (typeof value === 'string') return quoted(value)
  if (typeof value === 'number' && !Number.isSafeInteger(value)) separators = Number.NaN
  if (typeof value !== 'object' || value === null) return JSON.stringify(value)
  let text = ''
  if (Array.isArray(value)) {
    if (value.length > 1) separators += value.length - 1
    for (const item of value) text += text === '' ? canonicalJson(item) : `,${canonicalJson(item)}`
    return `[${text}]`
  }
  const keys = Object.keys(value).sort()
  if (keys.length > 0) separators += keys.length * 2 - 1
  for (const key of keys) {
    text += `${text === '' ? '' : ','}${quoted(key)}:${canonicalJson((value as Record<string, unknown>)[key])}`
  }
  return `{${text}}`
}

// Ids, dates and words need no escapes; asking first is several times faster than JSON.stringify.
const quoted = (text: string) => (/^[\w .:-]*$/.test(text) ? `"${text}"` : JSON.stringify(text))
