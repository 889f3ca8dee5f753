import { invalid } from '#kernel/errors.ts'
import { findMarking, markingRefusal } from '#runtime/secretMarking.ts'

/** Throws, naming the field, when a text carries a 密级 marking; nothing of it is kept or repeated. */
export function refuseMarking(field: string, text: string): void {
  const marking = findMarking(text)
  if (!marking) return
  const says = markingRefusal('这里', marking)
  throw invalid('secret-marking', says, { [field]: [says] })
}
