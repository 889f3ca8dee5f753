import { limits } from './limits.ts'
import { xmlScanner } from './xml.ts'
import type { Archive } from './zip.ts'

/** The texts that cells refer to by number; phonetic guides are left out. */
export const readSharedStrings = async (archive: Archive, path: string | undefined): Promise<string[]> => {
  if (!path || !archive.has(path)) return []
  const strings: string[] = []
  const state = { inText: false, inPhonetic: false, text: '' }
  const scanner = xmlScanner({
    open: (name) => {
      if (name === 'si') state.text = ''
      else if (name === 'rPh') state.inPhonetic = true
      else if (name === 't') state.inText = !state.inPhonetic
    },
    text: (text) => {
      if (state.inText) state.text += text
    },
    close: (name) => {
      if (name === 't') state.inText = false
      else if (name === 'rPh') state.inPhonetic = false
      else if (name === 'si') strings.push(unescapeText(state.text))
    },
  })
  const decoder = new TextDecoder('utf-8')
  for await (const piece of archive.stream(path, limits.stringBytes)) scanner.push(decoder.decode(piece, { stream: true }))
  return strings
}

/** Undoes the format's `_x000D_` escapes for control characters. */
export const unescapeText = (text: string): string =>
  text.includes('_x') ? text.replace(/_x([0-9A-Fa-f]{4})_/g, (_, code: string) => String.fromCharCode(Number.parseInt(code, 16))) : text
