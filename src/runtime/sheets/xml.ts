import { unreadable } from './limits.ts'

/** What the scanner reports, in document order; names come without their namespace prefix. */
export type XmlHandlers = { open: (name: string, attributes: string) => void; text: (text: string) => void; close: (name: string) => void }

/** A scanner that takes a document in pieces; `push` may be given any number of them. */
export type XmlScanner = { push: (piece: string) => void }

// A longer tag or comment is no spreadsheet; without a bound one endless tag would fill the memory.
const longestToken = 1024 * 1024
const strange = '文件内容不正常，请在 Excel 里打开，另存为 .xlsx 再导入'

/** Scans XML piece by piece; document types and their entities are refused, so nothing can expand. */
export const xmlScanner = (handlers: XmlHandlers): XmlScanner => {
  let rest = ''
  const push = (piece: string) => {
    const text = rest === '' ? piece : rest + piece
    let at = 0
    for (;;) {
      const open = text.indexOf('<', at)
      if (open < 0) break
      if (open > at) handlers.text(decode(text.slice(at, open)))
      const next = markup(text, open, handlers)
      if (next < 0) {
        at = open
        break
      }
      at = next
    }
    rest = text.slice(at)
    if (rest.length > longestToken) unreadable(strange)
  }
  return { push }
}

/** The value of an attribute in a tag's attribute text, or null. */
export const attribute = (attributes: string, name: string): string | null => {
  for (let from = 0; ; ) {
    const at = attributes.indexOf(`${name}=`, from)
    if (at < 0) return null
    const before = at === 0 ? 32 : attributes.charCodeAt(at - 1)
    const quote = attributes[at + name.length + 1]
    if ((before <= 32 || before === 58) && (quote === '"' || quote === "'")) {
      const start = at + name.length + 2
      const end = attributes.indexOf(quote, start)
      return end < 0 ? null : decode(attributes.slice(start, end))
    }
    from = at + 1
  }
}

const markup = (text: string, open: number, handlers: XmlHandlers): number => {
  const mark = text.charCodeAt(open + 1)
  if (mark === 33) {
    if (text.startsWith('<![CDATA[', open)) {
      const end = text.indexOf(']]>', open)
      if (end >= 0) handlers.text(text.slice(open + 9, end))
      return end < 0 ? -1 : end + 3
    }
    if (text.startsWith('<!DOCTYPE', open)) unreadable(strange)
    if (text.length - open < 9) return -1
    const end = text.indexOf(text.startsWith('<!--', open) ? '-->' : '>', open)
    return end < 0 ? -1 : text.indexOf('>', end) + 1
  }
  const end = tagEnd(text, open)
  if (end < 0) return -1
  if (mark === 63) return end + 1
  if (mark === 47) {
    handlers.close(local(text.slice(open + 2, end).trimEnd()))
    return end + 1
  }
  const empty = text.charCodeAt(end - 1) === 47
  const inside = text.slice(open + 1, empty ? end - 1 : end)
  const blank = inside.search(/\s/)
  const name = local(blank < 0 ? inside : inside.slice(0, blank))
  handlers.open(name, blank < 0 ? '' : inside.slice(blank))
  if (empty) handlers.close(name)
  return end + 1
}

// A '>' inside a quoted attribute does not end the tag: up to the right one every quote is closed.
const tagEnd = (text: string, open: number): number => {
  let quote = ''
  let from = open
  for (let end = text.indexOf('>', open); end >= 0; end = text.indexOf('>', end + 1)) {
    quote = openQuote(text, from, end, quote)
    if (quote === '') return end
    from = end
    if (end - open > longestToken) unreadable(strange)
  }
  return -1
}

const openQuote = (text: string, from: number, to: number, before: string): string => {
  let quote = before
  for (let at = from; at < to; at++) {
    const code = text.charCodeAt(at)
    if (code !== 34 && code !== 39) continue
    const letter = code === 34 ? '"' : "'"
    if (quote === '') quote = letter
    else if (quote === letter) quote = ''
  }
  return quote
}

const local = (name: string) => name.slice(name.indexOf(':') + 1)

const named: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', apos: "'" }

const decode = (text: string): string =>
  text.includes('&')
    ? text.replace(/&(?:#x([0-9a-fA-F]{1,6})|#(\d{1,7})|(\w+));/g, (whole, hex?: string, decimal?: string, name?: string) => {
        if (name) return named[name] ?? whole
        const code = hex ? Number.parseInt(hex, 16) : Number(decimal)
        return code <= 0x10ffff ? String.fromCodePoint(code) : whole
      })
    : text
