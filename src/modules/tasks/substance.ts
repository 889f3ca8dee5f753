/** A deployment split down must say at least this many characters that the received one does not. */
export const OWN_AT_LEAST = 20

/** Pieces of this length that stand in both texts are taken as copied. */
const PIECE = 6

// What says nothing about who does what: phrases by which a paper is passed on.
const PHRASES =
  /(现将|现就|将)?.{0,12}(转发|印发|传达)给(你们|各党支部|各支部|各单位)|请?(认真|结合实际)?(认真)?(学习|传达|贯彻|遵照|抓好|做好)*(贯彻执行|贯彻落实|抓好落实|遵照执行|组织实施|认真落实|认真执行|学习贯彻)|(按照|根据)上级(要求|部署|通知|精神)|(各党支部|各支部|各单位)(要|请)?高度重视/g

/**
 * How many characters of `own` say something that `received` does not: without marks and spaces, phrases of passing on left out, and
 * whatever stands in both in the same words.
 */
export function addedTo(received: string, own: string): number {
  const said = plain(own.replace(PHRASES, ''))
  const known = new Set(piecesOf(plain(received)))
  const copied = new Set<number>()
  piecesOf(said).forEach((piece, at) => {
    if (known.has(piece)) for (let i = at; i < at + PIECE; i++) copied.add(i)
  })
  return said.length - copied.size
}

const plain = (text: string) => text.normalize('NFKC').replace(/[\s\p{P}\p{S}]/gu, '')

const piecesOf = (text: string): string[] =>
  Array.from({ length: Math.max(0, text.length - PIECE + 1) }, (_, i) => text.slice(i, i + PIECE))
