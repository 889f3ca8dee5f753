import { z } from 'zod'
import { add, divide, type Exact, exact, greatest, isZero, least, multiply, subtract } from './exact.ts'
import { Decimal, Text } from './vocabulary.ts'

/** A formula as data; each step has exactly one of these shapes. `rate` is a result as a share of its full marks, `base` a score without what stands outside the hundred. */
export type Formula =
  | { value: string }
  | { result: 'score' | 'rate' | 'base' }
  | { sheet: string; as: 'score' | 'rate' }
  | { input: string }
  | { unknown: string }
  | { byGrade: Record<string, string> }
  | { add: Formula[] }
  | { subtract: Formula[] }
  | { multiply: Formula[] }
  | { divide: Formula[] }
  | { least: Formula[] }
  | { greatest: Formula[] }

const several = z.array(z.lazy(() => FormulaSchema)).min(2)

/** The closed set of steps a formula is made of; nothing in it is ever run as code. */
export const FormulaSchema: z.ZodType<Formula> = z.union(
  [
    z.strictObject({ value: Decimal }),
    z.strictObject({ result: z.enum(['score', 'rate', 'base']) }),
    z.strictObject({ sheet: Text, as: z.enum(['score', 'rate']) }),
    z.strictObject({ input: Text }),
    z.strictObject({ unknown: Text }),
    z.strictObject({ byGrade: z.record(z.string(), Decimal) }),
    z.strictObject({ add: several }),
    z.strictObject({ subtract: several }),
    z.strictObject({ multiply: several }),
    z.strictObject({ divide: several }),
    z.strictObject({ least: several }),
    z.strictObject({ greatest: several }),
  ],
  { error: '公式只能由 value、result、sheet、input、unknown、byGrade、add、subtract、multiply、divide、least、greatest 组成' },
)

/** What a formula may read. Each returns null where the figure is not there. */
export interface FormulaFigures {
  result?: (what: 'score' | 'rate' | 'base') => Exact | null
  sheet?: (key: string, as: 'score' | 'rate') => Exact | null
  input?: (name: string) => Exact | null
  grade?: string | null
}

/** The value of a formula, or null when any figure it needs is unknown, not entered, or divides by nought. */
export const compute = (formula: Formula, figures: FormulaFigures): Exact | null => {
  if ('value' in formula) return exact(formula.value)
  if ('unknown' in formula) return null
  if ('result' in formula) return figures.result?.(formula.result) ?? null
  if ('sheet' in formula) return figures.sheet?.(formula.sheet, formula.as) ?? null
  if ('input' in formula) return figures.input?.(formula.input) ?? null
  if ('byGrade' in formula) return figures.grade && formula.byGrade[figures.grade] ? exact(formula.byGrade[figures.grade]!) : null
  const [name, steps] = Object.entries(formula)[0] as [keyof typeof OPERATIONS, Formula[]]
  const values = steps.map((step) => compute(step, figures))
  return values.reduce((a, b) => (a && b ? OPERATIONS[name](a, b) : null))
}

const OPERATIONS = {
  add,
  subtract,
  multiply,
  divide: (a: Exact, b: Exact): Exact | null => (isZero(b) ? null : divide(a, b)),
  least,
  greatest,
}

/** The formula as a reader writes it: 得分率 × 生产经营绩效总分. */
export const formulaText = (formula: Formula): string => {
  if ('value' in formula) return formula.value
  if ('unknown' in formula) return `未公布(${formula.unknown})`
  if ('result' in formula) return { score: '得分', rate: '得分率', base: '得分（不含加减分）' }[formula.result]
  if ('sheet' in formula) return `${formula.sheet}${formula.as === 'score' ? '得分' : '得分率'}`
  if ('input' in formula) return formula.input
  if ('byGrade' in formula) return '按等次系数'
  const [name, steps] = Object.entries(formula)[0] as [keyof typeof OPERATIONS, Formula[]]
  const parts = steps.map((step) => ('add' in step || 'subtract' in step ? `(${formulaText(step)})` : formulaText(step)))
  if (name === 'least' || name === 'greatest') return `${name === 'least' ? '取小' : '取大'}(${parts.join('、')})`
  return parts.join({ add: ' + ', subtract: ' - ', multiply: ' × ', divide: ' ÷ ' }[name])
}

/** The steps directly inside a formula. */
export const formulaParts = (formula: Formula): Formula[] => Object.values(formula).flatMap((part) => (Array.isArray(part) ? part : []))

/** The names of the figures a formula needs from outside; each is entered under `formula/<name>`. */
export const formulaInputs = (formula: Formula): string[] =>
  'input' in formula ? [formula.input] : formulaParts(formula).flatMap(formulaInputs)
