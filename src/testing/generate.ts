import fc from 'fast-check'
import type { JsonSchema } from '#kernel/openapi.ts'

/** Values for fields whose names say what they refer to, e.g. `orgId`. */
export type Known = Record<string, unknown>

/** One value that the schema accepts as far as it can tell, with known references where a field's name asks for them. */
export function sample(schema: JsonSchema, known: Known = {}, name = ''): unknown {
  if (name in known) return known[name]
  const s = schema as JsonSchema & Record<string, any>
  if (s.const !== undefined) return s.const
  if (Array.isArray(s.enum)) return s.enum[0]
  const choice = s.anyOf ?? s.oneOf
  if (choice) return sample(choice.find((c: JsonSchema) => c.type !== 'null') ?? choice[0], known, name)
  if (s.default !== undefined) return s.default
  if (s.type === 'object' || s.properties) return sampleObject(s, known)
  if (s.type === 'array')
    return Array.from({ length: Math.max(1, Number(s.minItems ?? 0)) }, () => sample(s.items ?? {}, known, name.replace(/s$/, '')))
  if (s.type === 'integer' || s.type === 'number') return s.minimum ?? 1
  if (s.type === 'boolean') return false
  if (s.type === 'null') return null
  if (s.type === 'string') return sampleText(s)
  return null
}

function sampleObject(s: Record<string, any>, known: Known) {
  const required = new Set<string>(s.required ?? [])
  const entries = Object.entries((s.properties ?? {}) as Record<string, JsonSchema>).filter(([k]) => required.has(k) || k in known)
  return Object.fromEntries(entries.map(([k, v]) => [k, sample(v, known, k)]))
}

function sampleText(s: Record<string, any>): string {
  if (s.format === 'uuid') return '01900000-0000-7000-8000-000000000000'
  if (s.format === 'date') return '2025-03-14'
  if (s.format === 'date-time') return '2025-03-14T01:00:00.000Z'
  return '测试文字'.padEnd(Number(s.minLength ?? 0), '字').slice(0, Number(s.maxLength ?? 100))
}

/** Values near and far from the schema: wrong types, bounds, hostile texts, deep and unknown keys. */
export function hostile(schema: JsonSchema, known: Known = {}): fc.Arbitrary<unknown> {
  const good = sample(schema, known)
  const names = Object.keys(schema.properties ?? {})
  const spoiled = fc
    .tuple(names.length ? fc.constantFrom(...names) : fc.constant('x'), nasty)
    .map(([name, value]) => ({ ...(good as object), [name]: value }))
  const unknown = fc
    .tuple(fc.string({ minLength: 1, maxLength: 20 }), nasty)
    .map(([key, value]) => ({ ...(good as object), [`zz${key}`]: value }))
  const dropped = names.length
    ? fc.constantFrom(...names).map((name) => Object.fromEntries(Object.entries(good as object).filter(([k]) => k !== name)))
    : fc.constant({})
  return fc.oneof(
    { weight: 5, arbitrary: spoiled },
    { weight: 1, arbitrary: unknown },
    { weight: 2, arbitrary: dropped },
    { weight: 1, arbitrary: nasty },
    { weight: 1, arbitrary: fc.constant(good) },
  )
}

const nasty: fc.Arbitrary<unknown> = fc.oneof(
  fc.constantFrom<unknown>(
    null, true, '', 'null', 0, -1, 1e308, 2 ** 53, -(2 ** 31) - 1, 1.5, [], {}, [[]], { $gt: '' }, { toString: 1 }, 'a'.repeat(5000), '\u0000', '\ud800', '\u202e文',
    "'; drop table ledger.fact; --", '=cmd|1', '../../etc/passwd', '<script>alert(1)</script>', '%', '_', '2025-02-30', '0000-00-00', '9999-12-31', '1e400',
    '00000000-0000-0000-0000-000000000000', 'not-a-uuid', ['2025-01-01', null],
  ), // biome-ignore format: a list of bad values
  fc.string({ maxLength: 200 }),
  fc.anything({ maxDepth: 3, maxKeys: 4, withBigInt: false, withMap: false, withSet: false }),
)
