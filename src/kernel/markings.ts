import { findMarking, findMarkingInName, markingRefusal } from '#runtime/secretMarking.ts'
import { type Fields, invalid } from './errors.ts'

/**
 * Throws, naming the fields, when any text of a command's input or the name of its file carries a 密级 marking: marked content is
 * refused at the door, before anything of it is kept or repeated. What stands inside a spreadsheet is refused while it is read.
 */
export function refuseMarkings(input: unknown, fileName?: string): void {
  const fields: Fields = {}
  for (const [path, text] of textsOf(input, '')) {
    const marking = text.includes('密') ? findMarking(text) : undefined
    if (marking) fields[path] = [markingRefusal('这里', marking)]
  }
  const named = fileName === undefined ? undefined : findMarkingInName(fileName)
  if (named) fields.file = [markingRefusal('文件名', { level: named })]
  const [first] = Object.values(fields)
  if (first) throw invalid('secret-marking', first[0]!, fields)
}

function* textsOf(value: unknown, path: string): Generator<[string, string]> {
  if (typeof value === 'string') yield [path, value]
  else if (value !== null && typeof value === 'object')
    for (const [key, part] of Object.entries(value)) {
      yield [path, key] // where the sender chooses the names, such as those on a ballot
      yield* textsOf(part, path ? `${path}.${key}` : key)
    }
}
