import type { Piece } from './contract.ts'
import { plain, wordsOf } from './words.ts'

const BEFORE = 24
const LENGTH = 120

/** The text cut where the words stand. */
export function marked(text: string, sought: string): Piece[] {
  const spots = spotsIn(text, sought)
  const pieces: Piece[] = []
  let at = 0
  for (const { from, to } of spots) {
    if (from > at) pieces.push({ text: text.slice(at, from), hit: false })
    pieces.push({ text: text.slice(from, to), hit: true })
    at = to
  }
  if (at < text.length) pieces.push({ text: text.slice(at), hit: false })
  return pieces
}

/** A line or two around the first hit, with every hit in it marked; empty when no word stands in the text. */
export function excerptOf(text: string, sought: string): Piece[] {
  const [first] = spotsIn(text, sought)
  if (!first) return []
  const from = Math.max(0, first.from - BEFORE)
  const cut = text.slice(from, from + LENGTH).replaceAll(/\s+/g, ' ')
  const ends = [from > 0 ? '…' : '', from + LENGTH < text.length ? '…' : '']
  return marked(`${ends[0]}${cut}${ends[1]}`, sought)
}

function spotsIn(text: string, sought: string): { from: number; to: number }[] {
  const line = plain(text)
  const found = wordsOf(sought).flatMap((word) => {
    const spots = []
    for (let at = line.indexOf(word); at >= 0; at = line.indexOf(word, at + word.length)) spots.push({ from: at, to: at + word.length })
    return spots
  })
  const spots: { from: number; to: number }[] = []
  for (const spot of found.sort((a, b) => a.from - b.from)) {
    const last = spots.at(-1)
    if (last && spot.from <= last.to) last.to = Math.max(last.to, spot.to)
    else spots.push({ ...spot })
  }
  return spots
}
