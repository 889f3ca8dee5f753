import { type Fields, invalid } from '#kernel/errors.ts'
import { findMarking, markingRefusal } from '#runtime/secretMarking.ts'

/** Throws, naming the fields, when any text of the input carries a 密级 marking; nothing of it is kept or repeated. */
export function refuseMarkings(input: unknown): void {
  const fields: Fields = {}
  for (const [path, text] of textsOf(input, '')) {
    const marking = findMarking(text)
    if (marking) fields[path] = [markingRefusal('这里', marking)]
  }
  const [first] = Object.values(fields)
  if (first) throw invalid('secret-marking', first[0]!, fields)
}

function* textsOf(value: unknown, path: string): Generator<[string, string]> {
  if (typeof value === 'string') yield [path, value]
  else if (value !== null && typeof value === 'object')
    for (const [key, part] of Object.entries(value)) yield* textsOf(part, path ? `${path}.${key}` : key)
}
