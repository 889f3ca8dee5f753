import { attribute, xmlScanner } from './xml.ts'
import type { Archive } from './zip.ts'

/** The number format of each cell style of a workbook, by the style's number; null is the general format. */
export const readFormats = async (archive: Archive, path: string | undefined): Promise<(string | null)[]> => {
  if (!path || !archive.has(path)) return []
  const custom = new Map<string, string>()
  const formats: (string | null)[] = []
  let inCells = false
  const open = (name: string, attributes: string) => {
    if (name === 'numFmt') custom.set(attribute(attributes, 'numFmtId') ?? '', attribute(attributes, 'formatCode') ?? '')
    if (name === 'cellXfs') inCells = true
    if (name !== 'xf' || !inCells) return
    const id = attribute(attributes, 'numFmtId') ?? '0'
    formats.push(custom.get(id) ?? builtIn(Number(id)))
  }
  const close = (name: string) => {
    if (name === 'cellXfs') inCells = false
  }
  xmlScanner({ open, text: () => {}, close }).push(await archive.text(path))
  return formats
}

/** True for a format that shows a day or a time: it has a date letter outside quotes, brackets and escapes. */
export const isDateFormat = (format: string | null): boolean => {
  if (!format) return false
  const bare = format
    .split(';')[0]!
    .replace(/"[^"]*"|\\.|_.|\*.|\[(?!h+\]|m+\]|s+\])[^\]]*\]/gi, '')
    .replace(/general/gi, '')
  return /[ymdhs]|[年月日]/i.test(bare) && !/[#?]/.test(bare)
}

// ECMA-376 part 1, 18.8.30: 27–36 and 50–58 are dates in Chinese editions.
const builtIn = (id: number): string | null => {
  if (id === 49) return '@'
  if (id === 9 || id === 10) return '0%'
  if ((id >= 14 && id <= 17) || (id >= 27 && id <= 31) || id === 36 || (id >= 50 && id <= 58)) return 'yyyy-mm-dd'
  if (id === 22) return 'yyyy-mm-dd hh:mm'
  if ((id >= 18 && id <= 21) || (id >= 32 && id <= 35) || (id >= 45 && id <= 47)) return 'hh:mm'
  return null
}
