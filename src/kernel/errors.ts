/** Why an operation was not carried out. Every refusal a person can meet is one of these; `busy` asks to try again later. */
export const STATUS = { invalid: 422, anonymous: 401, forbidden: 403, missing: 404, conflict: 409, busy: 503 } as const

export type RefusalKind = keyof typeof STATUS
export type Fields = Record<string, string[]>

export interface RefusalMore {
  /** Messages by path of the input, e.g. `{ 'votes.0.inFavour': ['…'] }`. */
  fields?: Fields
  details?: unknown
}

/** An expected "no": a kebab code for programs and a Chinese sentence that says what to do. */
export class Refusal extends Error {
  readonly kind: RefusalKind
  readonly code: string
  readonly more: RefusalMore

  constructor(kind: RefusalKind, code: string, message: string, more: RefusalMore = {}) {
    super(message)
    this.kind = kind
    this.code = code
    this.more = more
  }
}

/** The answer to "may they?": yes, or the refusal that explains why not. */
export type Verdict = true | Refusal

export const invalid = (code: string, message: string, fields?: Fields) => new Refusal('invalid', code, message, fields ? { fields } : {})
export const forbidden = (code: string, message: string) => new Refusal('forbidden', code, message)
export const conflict = (code: string, message: string, details?: unknown) => new Refusal('conflict', code, message, { details })
export const missing = () => new Refusal('missing', 'not-found', '没有找到，或者你看不到它')
export const anonymous = () => new Refusal('anonymous', 'sign-in-first', '请先登录')
export const busy = (code: string, message: string) => new Refusal('busy', code, message)

/** The first refusal, or yes. */
export const all = (...verdicts: Verdict[]): Verdict => verdicts.find((v) => v !== true) ?? true

/** Both sides of an edit that met a newer version, for the person to compare. */
export const stale = (mine: unknown, theirs: unknown) =>
  conflict('stale-version', '你打开之后，别人已经改过。请对照两份内容后再存', { mine, theirs })
