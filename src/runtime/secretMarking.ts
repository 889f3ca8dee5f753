export type SecretLevel = '绝密' | '机密' | '秘密'

export interface Marking {
  level: SecretLevel
  /** The line it stands in, from 1; the text itself is never repeated, logged or kept. */
  line: number
}

/** Finds a 密级 marking of a State secret in a text: a starred level, a 密级 header, or a level that stands alone as in a document's head. */
export function findMarking(text: string): Marking | undefined {
  const lines = text.split(/\r\n?|\n|\u2028|\u2029|\f/)
  for (const [index, raw] of lines.entries()) {
    const line = normalised(raw)
    const level = levelIn(line) ?? (index < 8 && lines.length > 2 ? line.match(alone)?.[1] : undefined)
    if (level) return { level: plainLevel(level), line: index + 1 }
  }
  return undefined
}

/** Finds a marking in the name of a file, such as 【机密】方案.docx. */
export function findMarkingInName(fileName: string): SecretLevel | undefined {
  const line = normalised(fileName)
  const level = levelIn(line) ?? line.match(named)?.[1]
  return level === undefined ? undefined : plainLevel(level)
}

/** What a person is told when a text or file was refused; it holds none of its content. */
export const markingRefusal = (what: string, { level, line }: { level: SecretLevel; line?: number }): string =>
  `${what}${line ? `第 ${line} 行` : ''}带有“${level}”标志。涉密信息不得存入本系统，内容没有保存。请按保密规定在涉密系统中处理；如属误标，请核对后去掉标志再提交。`

function levelIn(line: string): string | undefined {
  const rest = line.replace(listOfLevels, '')
  for (const pattern of [starred, header, bracketed, strictAlone]) {
    const level = rest.match(pattern)?.[1]
    if (level) return level
  }
  return undefined
}

// 国家秘密的密级 and 保密期限 are joined by ★ (保守国家秘密法实施条例); the asterisk and ☆ are how it is often typed.
const level = '(绝 ?密|机 ?密|秘 ?密)'
const star = '[★☆✩✭✮⭐✪]'
const period = '(?:\\d+ ?(?:年|个月|月)|长期|启用前|公布前|[一二三四五六七八九十]+年)'
const starred = new RegExp(`${level} ?(?:${star}|\\* ?(?=$|${period}))`)
const header = new RegExp(
  `(?:密 ?级|(?:秘密|保密|涉密|定密) ?(?:等级|级别))(?:为|是)? ?(?:[:=|\\]】)]|\\t| ) ?["'“【[(]?${level}(?!性|程度)`,
)
const bracketed = new RegExp(`[【\\[(〔《<]${level} ?${period}?[】\\])〕》>]`)
const strictAlone = new RegExp(`^ ?((?:绝|机) ?密|秘 ?密(?= ?${period}))(?: ?${period})? ?$`)
// 秘密 alone in a line is also an answer to "secret or open ballot?", so it counts only in the head of a longer text.
const alone = new RegExp(`^ ?${level} ?$`)
const named = new RegExp(`^${level}(?=[-_. —])`)
// Texts about secrecy name the levels one after the other; a document carries one.
const listOfLevels = new RegExp(`${level} ?${star}?["'”]?(?: ?(?:[、,/和与或及]|以及) ?["'“]?${level} ?${star}?["'”]?)+`, 'g')

const plainLevel = (found: string) => found.replaceAll(' ', '') as SecretLevel

/** Full-width forms become plain, invisible characters go, and any run of spaces becomes one. */
const normalised = (line: string) =>
  line
    .normalize('NFKC')
    .replace(/[\u200b-\u200f\u2060\ufeff\u00ad]/g, '')
    .replace(/[^\S\t]+/g, ' ')
    .trim()
