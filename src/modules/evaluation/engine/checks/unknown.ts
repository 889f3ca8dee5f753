import type { Warning } from '../healthCheck.ts'
import type { Node, Scheme } from '../scheme.ts'
import { UNKNOWN } from '../vocabulary.ts'
import { visit } from './visit.ts'

/** Every place where the source published no figure: one warning per place, naming what is missing. */
export const unknownWarnings = (scheme: Scheme): Warning[] => {
  const { sheets, grades, linkage, ...rest } = scheme
  const found = [
    warning('全表', wordsIn(rest)),
    ...sheets.map(({ items, ...own }) => warning(`表「${own.name}」`, wordsIn(own))),
    ...visit(scheme).map(({ node: { items, ...own }, place }) =>
      warning(place, [...wordsIn(own), ...(hasNoRule(own, items) ? ['计分规则'] : [])]),
    ),
    ...(grades?.bands ?? []).map((band) => warning(`等次/${band.name}`, wordsIn(band))),
    ...(linkage ?? []).map((link) => warning(`联动/${link.to}`, wordsIn(link))),
  ]
  return found.filter((one) => one !== null)
}

const hasNoRule = (node: Node, items: Node[] | undefined): boolean => !items && !node.rules && node.figure !== 'residual'

const warning = (place: string, words: string[]): Warning | null =>
  words.length === 0
    ? null
    : {
        code: 'unknown-value',
        place,
        says: `原文没有公布：${[...new Set(words)].join('、')}；按未知处理，不当作 0`,
        remedy: '采用前由本单位补上并写明依据',
      }

/** Names of the figures that are unknown in a part of a scheme. */
const wordsIn = (value: unknown, key = ''): string[] => {
  if (value === UNKNOWN) return [WORDS[key] ?? key]
  if (Array.isArray(value)) return value.flatMap((part) => wordsIn(part, key))
  if (typeof value !== 'object' || value === null) return []
  return Object.entries(value).flatMap(([name, part]) => (name === UNKNOWN ? [WORDS.unknown!] : wordsIn(part, name)))
}

const WORDS: Record<string, string> = {
  max: '分值',
  marks: '计分标准',
  minus: '扣分标准',
  of: '分值',
  weight: '权重',
  total: '满分',
  base: '基础分',
  bonusCap: '加分上限',
  penaltyCap: '扣分上限',
  cap: '上限',
  limit: '扣分上限',
  passAt: '过线分',
  rounding: '取整规则',
  notApplicable: '不适用项目的处理规则',
  every: '考核周期',
  limits: '等次界限',
  least: '幅度',
  most: '幅度',
  unknown: '公式',
}
