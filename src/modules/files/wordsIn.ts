import { isRefusal } from '#runtime/refusal.ts'
import { xmlScanner } from '#runtime/sheets/xml.ts'
import { type Archive, openArchive } from '#runtime/sheets/zip.ts'
import type { FileKind } from './contract.ts'
import { decoded, refused } from './kindOf.ts'

/** Characters of text kept of one file: enough to be found by. */
export const WORDS_LIMIT = 200_000
const PART_BYTES = 32 * 1024 * 1024

/** The text inside a file, a paragraph a line; empty where none can be read. Refuses archives that are broken, locked, hold macros or unpack without end. */
export async function wordsIn(kind: FileKind, data: Buffer): Promise<string> {
  if (kind === 'text') return decoded(data).slice(0, WORDS_LIMIT)
  if (kind !== 'docx' && kind !== 'xlsx' && kind !== 'pptx' && kind !== 'ofd') return ''
  try {
    const archive = openArchive(data)
    if (archive.names.some((name) => /vbaProject\.bin$/i.test(name))) throw refused('文件里带有宏，请另存为不带宏的文件再传')
    return await textOf(archive, PARTS[kind])
  } catch (error) {
    throw isRefusal(error) ? refused('文件打不开：可能已损坏、加了密码，或解压后大得不正常。请另存一份再传') : error
  }
}

const PARTS: Record<'docx' | 'xlsx' | 'pptx' | 'ofd', RegExp> = {
  docx: /^word\/(document|header\d*|footer\d*|footnotes)\.xml$/,
  xlsx: /^xl\/(sharedStrings|worksheets\/[^/]+)\.xml$/,
  pptx: /^ppt\/slides\/[^/]+\.xml$/,
  ofd: /(^|\/)Content\.xml$/,
}

async function textOf(archive: Archive, parts: RegExp): Promise<string> {
  const lines: string[] = []
  let line = ''
  let length = 0
  let depth = 0
  const scanner = () =>
    xmlScanner({
      open: (name) => {
        if (TEXT.has(name)) depth++
      },
      text: (text) => {
        if (depth > 0) line += text
      },
      close: (name) => {
        if (TEXT.has(name)) depth--
        if (!LINE.has(name) || line === '') return
        lines.push(line)
        length += line.length
        line = ''
      },
    })
  for (const name of archive.names.filter((n) => parts.test(n))) {
    const { push } = scanner()
    const decoder = new TextDecoder('utf-8')
    for await (const piece of archive.stream(name, PART_BYTES)) push(decoder.decode(piece, { stream: true }))
    if (length > WORDS_LIMIT) break
  }
  return [...lines, line].join('\n').slice(0, WORDS_LIMIT)
}

// `t` holds text in the three Office formats, `TextCode` in OFD; a paragraph, a cell's text or a text object ends a line.
const TEXT = new Set(['t', 'TextCode'])
const LINE = new Set(['p', 'si', 'is', 'TextObject'])
