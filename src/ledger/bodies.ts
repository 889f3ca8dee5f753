import { z } from 'zod'

/** An exact decimal as text, e.g. `92.50`. */
export const decimal = () => z.string().regex(/^-?\d{1,15}(\.\d{1,9})?$/)

/** A word from a list that somebody keeps (rule, item or indicator code): latin letters, digits, dot and dash, 64 at most. */
export const code = () => z.string().regex(codePattern)
const codePattern = /^[A-Za-z0-9][A-Za-z0-9._-]{0,63}$/

/** A date of life as precise as it is known: `1949`, `1949-10` or `1949-10-01`. */
export const partialDate = () => z.string().regex(/^\d{4}(-\d{2}(-\d{2})?)?$/)

/** A SHA-256 or other fingerprint in lower-case hex. */
export const fingerprint = () => z.string().regex(/^[0-9a-f]{8,128}$/)

/** Marks a kind whose facts may happen in the future: a plan, a term that begins next month. */
export const planned = <S extends z.ZodType>(body: S): S => body.meta({ planned: true }) as S

export const isPlanned = (body: z.core.$ZodType): boolean => z.globalRegistry.get(body)?.planned === true

/** Throws, naming the place, when a body could hold names or free text: only then can people be forgotten while history stands. */
export function assertNoText(schema: z.core.$ZodType, path = 'body'): void {
  const def = (schema as z.ZodType)._zod.def as unknown as Definition
  const inside = INSIDE[def.type]
  if (inside) for (const [name, part] of inside(def)) assertNoText(part, `${path}${name}`)
  else if (def.type === 'string') assertNarrow(schema, path)
  else if (def.type === 'number') assertInteger(def, path)
  else if (!PLAIN.has(def.type)) throw new TypeError(`${path}: a fact body may not hold a schema of type ${def.type}`)
}

interface Definition {
  type: string
  [part: string]: any
}
type Part = [name: string, schema: z.core.$ZodType]

const PLAIN = new Set(['boolean', 'enum', 'literal', 'null'])
const INSIDE: Record<string, (def: Definition) => Part[]> = {
  object: (d) => Object.entries(d.shape as Record<string, z.core.$ZodType>).map(([k, s]) => [`.${k}`, s]),
  array: (d) => [['[]', d.element]],
  tuple: (d) => (d.items as z.core.$ZodType[]).map((s, i) => [`[${i}]`, s]),
  record: (d) => [
    ['{key}', d.keyType],
    ['{value}', d.valueType],
  ],
  union: (d) => (d.options as z.core.$ZodType[]).map((s, i) => [`|${i}`, s]),
  optional: (d) => [['', d.innerType]],
  nullable: (d) => [['', d.innerType]],
  default: (d) => [['', d.innerType]],
  readonly: (d) => [['', d.innerType]],
}

const NARROW_FORMATS = new Set(['uuid', 'guid', 'date', 'datetime', 'time'])

// A fraction has no exact JSON form that every reader shares; it is written as a decimal text.
function assertInteger({ format }: Definition, path: string) {
  if (!INTEGERS.has(format)) throw new TypeError(`${path}: a fact body may not hold a number with fractions; use z.int() or decimal()`)
}

const INTEGERS = new Set(['safeint', 'int32', 'uint32'])

function assertNarrow(schema: z.core.$ZodType, path: string) {
  const def = (schema as z.ZodType)._zod.def as unknown as Definition
  if (NARROW_FORMATS.has(def.format)) return
  const checks = (def.checks ?? []) as z.core.$ZodCheck[]
  const patterns = checks.map((c) => (c._zod.def as { pattern?: RegExp }).pattern).filter((p) => p !== undefined)
  if (patterns.some((p) => p.source === codePattern.source || isNarrow(p))) return
  throw new TypeError(`${path}: a fact body may not hold free text; use an id, an enumeration, a date, a number or a pattern of digits`)
}

/** A pattern from `^` to `$` that admits digits, a-f and marks only, so that no name can pass. */
function isNarrow({ source, flags }: RegExp): boolean {
  const rest = source.replaceAll(/\\d|\d-\d|a-f|A-F/g, '0').replaceAll(/\\[.+*?()[\]{}|/^$-]/g, '')
  const wide = /\\|\[\^|\.|[g-zG-Z]|[^\x20-\x7e]|\[[^\]]+-[^\]]/
  return !flags.includes('i') && source.startsWith('^') && source.endsWith('$') && !wide.test(rest)
}
