import { createHash } from 'node:crypto'
import { readdirSync, readFileSync } from 'node:fs'
import { parseDocument, stringify } from 'yaml'
import type { z } from 'zod'
import { Scheme } from './scheme.ts'

export interface SchemeError {
  place: string
  problem: string
  remedy: string
}
export type Loaded = { scheme: Scheme } | { errors: SchemeError[] }

const LARGEST = 1_000_000

/** Reads a scheme from YAML (or JSON) text. Every scalar is read as the text that stands there, so 0.10 or 1.1 never pass through binary floating point. */
export const loadScheme = (text: string): Loaded => {
  if (text.length > LARGEST) return refuse('全文', '文件超过 1 MB', '方案一般不超过几十 KB,请检查是否选错了文件')
  if (isTooDeep(text)) return tooDeep()
  let content: unknown
  try {
    const document = parseDocument(text, { schema: 'failsafe', prettyErrors: true })
    const broken = document.errors[0]
    if (broken)
      return refuse(
        `第 ${broken.linePos?.[0].line ?? 1} 行`,
        `YAML 格式不对：${broken.message.split('\n')[0]}`,
        '检查这一行的缩进、冒号和引号',
      )
    content = document.toJS({ maxAliasCount: 0 })
  } catch {
    return tooDeep()
  }
  return checkScheme(content)
}

const DEEPEST = 100

/** Looks only at brackets and dashes: the parser takes seconds for a text that is nothing but these. */
const isTooDeep = (text: string): boolean => {
  let depth = 0
  for (const letter of text) {
    if (letter === '[' || letter === '{') depth++
    else if ((letter === ']' || letter === '}') && depth > 0) depth--
    if (depth > DEEPEST) return true
  }
  return new RegExp(`(?:[-?:][ \\t]+){${DEEPEST}}`).test(text)
}

const tooDeep = () => refuse('全文', '无法解析（嵌套过深，或用了锚点引用）', '展开引用，减少嵌套层数')

/** Checks the content of a scheme that is already parsed (from a form); decimals must be text. */
export const checkScheme = (content: unknown): Loaded => {
  const parsed = Scheme.safeParse(content)
  return parsed.success ? { scheme: parsed.data } : { errors: parsed.error.issues.flatMap((issue) => errorsOf(issue, content)) }
}

const refuse = (place: string, problem: string, remedy: string): Loaded => ({ errors: [{ place, problem, remedy }] })

const errorsOf = (issue: z.core.$ZodIssue, content: unknown): SchemeError[] => {
  const place = placeOf(issue.path, content)
  if (issue.code === 'unrecognized_keys') {
    return issue.keys.map((key) => ({
      place,
      problem: `不认识的项「${key}」`,
      remedy: '检查拼写；方案只能写格式说明里列出的项，说明文字写在 note 里',
    }))
  }
  if (issue.code === 'invalid_type') {
    return [
      {
        place,
        problem: `缺少此项，或写法不对(应为${TYPES[issue.expected] ?? issue.expected})`,
        remedy: '补上此项；没有公布的数字写 unknown',
      },
    ]
  }
  if (issue.code === 'invalid_value') return [{ place, problem: '写法不在允许的范围内', remedy: `只能写：${issue.values.join('、')}` }]
  if (issue.code === 'invalid_union' && 'discriminator' in issue && issue.discriminator) {
    return [{ place, problem: `「${issue.discriminator}」不认识`, remedy: `写明 ${issue.discriminator},取值见格式说明` }]
  }
  if (issue.code === 'too_small') return [{ place, problem: '内容太少或为空', remedy: '至少写一项' }]
  return [{ place, problem: /[一-鿿]/.test(issue.message) ? issue.message : '写法不对', remedy: '按提示改正后再导入' }]
}

const TYPES: Record<string, string> = { string: '文字或数字', array: '列表', object: '一组「名称: 内容」', record: '一组「名称: 内容」' }

/** A place a person can find: names of the items on the way instead of their numbers. */
const placeOf = (path: readonly PropertyKey[], content: unknown): string => {
  let at: any = content
  const words = path.map((key) => {
    at = at?.[key]
    if (typeof key !== 'number') return String(key)
    const name = at?.name ?? at?.code ?? at?.kind
    return typeof name === 'string' ? `「${name}」` : `第 ${key + 1} 项`
  })
  return words.join(' › ') || '全文'
}

/** The scheme as YAML in its stable form; reading it back gives the same scheme and fingerprint. */
export const writeScheme = (scheme: Scheme): string => stringify(scheme, { schema: 'failsafe', lineWidth: 0 })

/** SHA-256 (hex) over the scheme's canonical JSON. */
export const fingerprint = (scheme: Scheme): string => createHash('sha256').update(canonicalJson(scheme)).digest('hex')

/** JSON with sorted keys and no white space; what is undefined is left out. */
export const canonicalJson = (value: unknown): string => {
  if (Array.isArray(value)) return `[${value.map(canonicalJson).join(',')}]`
  if (value === null || typeof value !== 'object') return JSON.stringify(value) ?? 'null'
  const entries = Object.entries(value).filter(([, part]) => part !== undefined)
  entries.sort(([a], [b]) => (a < b ? -1 : 1))
  return `{${entries.map(([key, part]) => `${JSON.stringify(key)}:${canonicalJson(part)}`).join(',')}}`
}

const SHIPPED = new URL('../schemes/', import.meta.url)

/** The schemes that come with the product, by file name. */
export const listShipped = (): { file: string; text: string; loaded: Loaded }[] =>
  readdirSync(SHIPPED)
    .filter((file) => file.endsWith('.yaml'))
    .sort()
    .map((file) => {
      const text = readFileSync(new URL(file, SHIPPED), 'utf8')
      return { file, text, loaded: loadScheme(text) }
    })
