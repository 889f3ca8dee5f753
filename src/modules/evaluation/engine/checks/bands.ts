import { add, compare, divide, type Exact, exact, ONE, round, textOf } from '../exact.ts'
import type { Warning } from '../healthCheck.ts'
import { figureOf } from '../plan.ts'
import type { Scheme } from '../scheme.ts'
import { type Limits, UNKNOWN } from '../vocabulary.ts'
import { visit } from './visit.ts'

/** Holes and overlaps between the bands of grades and of rules. Scores that are rounded to whole marks fall in no hole between 89 and 90. */
export const bandWarnings = (scheme: Scheme): Warning[] => [...gradeBands(scheme), ...ruleBands(scheme)]

const gradeBands = (scheme: Scheme): Warning[] => {
  const { grades } = scheme
  if (!grades || (grades.by !== 'score' && grades.by !== 'rate')) return []
  const total = grades.by === 'rate' ? exact(100) : scheme.sheets.length === 1 ? figureOf(scheme.sheets[0]!.total) : null
  const digits = grades.by === 'score' && scheme.rounding !== UNKNOWN ? Number(scheme.rounding.digits) : null
  const spans = spansOf(grades.bands)
  return [...between(spans, '等次', digits), ...ends(spans, total)]
}

const ruleBands = (scheme: Scheme): Warning[] =>
  visit(scheme).flatMap(({ node, place }) =>
    (node.rules ?? []).flatMap((rule) =>
      rule.kind === 'band' ? between(spansOf(rule.bands.map((band) => ({ ...band, name: band.label ?? '' }))), place, null) : [],
    ),
  )

interface Span {
  name: string
  low: Exact | null
  lowIn: boolean
  high: Exact | null
  highIn: boolean
}

const spansOf = (bands: readonly (Limits & { name: string })[]): Span[] =>
  bands
    .filter((band) => [band.above, band.atLeast, band.below, band.atMost].some((end) => end !== undefined))
    .map((band) => ({
      name: band.name,
      low: end(band.atLeast ?? band.above),
      lowIn: band.atLeast !== undefined,
      high: end(band.atMost ?? band.below),
      highIn: band.atMost !== undefined,
    }))
    .sort((a, b) => (a.low === null ? -1 : b.low === null ? 1 : compare(a.low, b.low)))

const end = (text: string | undefined): Exact | null => (text === undefined ? null : exact(text))

const between = (spans: Span[], place: string, digits: number | null): Warning[] =>
  spans.slice(1).flatMap((upper, i): Warning[] => {
    const lower = spans[i]!
    const where = `${place}/${nameOf(lower)}与${nameOf(upper)}之间`
    const difference = lower.high === null ? 1 : upper.low === null ? 1 : compare(lower.high, upper.low)
    if (difference > 0 || (difference === 0 && lower.highIn && upper.lowIn)) {
      const says = `「${nameOf(lower)}」与「${nameOf(upper)}」的界限重叠，同一个分数落在两档`
      return [{ code: 'band-overlap', place: where, says, remedy: '把其中一端改为不含（below 或 above）' }]
    }
    if (difference === 0 ? lower.highIn || upper.lowIn : !hasScoreBetween(lower, upper, digits)) return []
    const [from, to] = [textOf(lower.high!), textOf(upper.low!)]
    const says = from === to ? `${from} 分不属于任何一档` : `${from} 与 ${to} 之间的分数没有规定属于哪一档`
    const remedy = from === to ? '把其中一端改为含（atLeast 或 atMost）' : `把下一档改为「低于 ${to}」，或规定得分取整到个位`
    return [{ code: 'band-gap', place: where, says, remedy }]
  })

/** Whether any score of so many digits lies between two spans; any at all where the scheme does not round. */
const hasScoreBetween = (lower: Span, upper: Span, digits: number | null): boolean => {
  if (digits === null) return true
  const unit = divide(ONE, exact(10 ** digits))
  const floor = round(lower.high!, digits, 'down')
  return [floor, add(floor, unit)].some((score) => {
    const [over, under] = [compare(score, lower.high!), compare(score, upper.low!)]
    return (over > 0 || (over === 0 && !lower.highIn)) && (under < 0 || (under === 0 && !upper.lowIn))
  })
}

const ends = (spans: Span[], total: Exact | null): Warning[] => {
  const [lowest, highest] = [spans[0], spans.at(-1)]
  const found: Warning[] = []
  if (lowest?.low && compare(lowest.low, exact(0)) > 0) {
    const says = `低于 ${textOf(lowest.low)} 分没有规定等次`
    found.push({ code: 'band-gap', place: `等次/${lowest.name}以下`, says, remedy: '补一档，写明这部分分数的等次' })
  }
  if (highest?.high && total && compare(highest.high, total) < 0) {
    const says = `高于 ${textOf(highest.high)} 分没有规定等次`
    found.push({ code: 'band-gap', place: `等次/${highest.name}以上`, says, remedy: '把最高一档的上限改到满分或不写上限' })
  }
  return found
}

const nameOf = (span: Span): string => span.name || (span.low ? textOf(span.low) : '最低档')
