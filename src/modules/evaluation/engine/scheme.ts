import { z } from 'zod'
import { FormulaSchema } from './formula.ts'
import { checkReferences } from './references.ts'
import { Rule } from './rule.ts'
import { Source } from './source.ts'
import { Effect, Figure, Limits, limitFields, Text, UNKNOWN, Whole } from './vocabulary.ts'

const PERSONS = ['secretary', 'member', 'cadre'] as const
const ORGANISATIONS = ['branch', 'generalBranch', 'committee', 'unit', 'memberGroup', 'village'] as const

/** A dimension (has `items`) or an indicator (has `rules`, or neither where the source published none). */
export interface Node {
  name: string
  code?: string | undefined
  /** Full marks; `unknown` where unpublished; absent for what stands outside the hundred. */
  max?: string | undefined
  /** How the figure came about, where it is not the published one. */
  figure?: 'residual' | 'inferred' | undefined
  assessedBy?: string | undefined
  /** Whether it looks at results, so that a scheme of process alone can be told. */
  looksAt?: 'process' | 'outcome' | undefined
  requires?: { duty: string; times: string; per: 'month' | 'quarter' | 'half' | 'year' }[] | undefined
  source?: Source | undefined
  rules?: Rule[] | undefined
  items?: Node[] | undefined
  note?: string | undefined
}

const NodeSchema: z.ZodType<Node> = z
  .strictObject({
    name: Text.refine((name) => !name.includes('/'), '名称里不能有斜线'),
    code: Text.optional(),
    max: Figure.optional(),
    figure: z.enum(['residual', 'inferred']).optional(),
    assessedBy: Text.optional(),
    looksAt: z.enum(['process', 'outcome']).optional(),
    requires: z.array(z.strictObject({ duty: Text, times: Whole, per: z.enum(['month', 'quarter', 'half', 'year']) })).optional(),
    source: Source.optional(),
    rules: z.array(Rule).min(1).optional(),
    items: z
      .array(z.lazy(() => NodeSchema))
      .min(1)
      .optional(),
    note: Text.optional(),
  })
  .superRefine((node, ctx) => {
    if (node.items && node.rules) ctx.addIssue({ code: 'custom', path: ['rules'], message: '有下级项目的维度不能再写计分规则' })
    if (node.items) refuseTwins(node.items, ctx, ['items'])
    if (!node.items && node.max === undefined && !standsOutside(node as Node)) {
      ctx.addIssue({ code: 'custom', path: ['max'], message: '没有写分值；没有公布的写 unknown' })
    }
  })

/** Whether all rules of an item are bonus, penalty, zero or veto, so that it takes no part in the hundred. */
export const standsOutside = (node: Node): boolean =>
  node.items
    ? node.items.every(standsOutside)
    : node.max === undefined && !!node.rules?.every((rule) => ['bonus', 'penalty', 'zero', 'veto'].includes(rule.kind))

const refuseTwins = (nodes: { name: string }[], ctx: z.RefinementCtx, path: string[]) => {
  nodes.forEach((node, i) => {
    if (nodes.findIndex((other) => other.name === node.name) !== i) {
      ctx.addIssue({ code: 'custom', path: [...path, i, 'name'], message: `同一层有两个「${node.name}」，出处无法区分` })
    }
  })
}

/** One sheet of marks. `base` is what its own items give where bonus fills the rest up to `total`. */
const Sheet = z
  .strictObject({
    key: z.string().regex(/^[a-zA-Z][a-zA-Z0-9-]*$/, '表的代号用字母、数字和连字符'),
    name: Text,
    total: Figure,
    base: Figure.optional(),
    bonusCap: Figure.optional(),
    penaltyCap: z.union([Figure, z.literal('none')]).optional(),
    /** Classes of objects that are scored by this sheet; absent: all. */
    classes: z.array(Text).min(1).optional(),
    /** The line that must be reached before the next sheet is looked at. */
    passAt: Figure.optional(),
    items: z.array(NodeSchema).min(1),
  })
  .superRefine((sheet, ctx) => refuseTwins(sheet.items, ctx, ['items']))
export type Sheet = z.infer<typeof Sheet>

const Grades = z.strictObject({
  /** `score`: marks; `rate`: per cent of the full marks; `level`: the highest sheet passed; `decision`: named, not computed. */
  by: z.enum(['score', 'rate', 'level', 'decision']),
  /** From the best to the lowest. */
  bands: z.array(z.strictObject({ name: Text, ...limitFields, sheet: Text.optional(), note: Text.optional() })).min(1),
  /** A second mapping over the grades, such as stars to a state of health. */
  groups: z
    .array(z.strictObject({ name: Text, of: z.array(Text).min(1), action: Text.optional(), alsoWhen: z.array(Text).optional() }))
    .optional(),
  quotas: z
    .array(
      z.strictObject({
        grade: Text,
        share: z
          .string()
          .regex(/^(?:\d{1,3}\/\d{1,3}|0(?:\.\d{1,6})?|1)$/, '比例写成 1/3 或 0.15')
          .optional(),
        count: Whole.optional(),
        /** Only objects of this class; absent: all. */
        of: Text.optional(),
        note: Text.optional(),
      }),
    )
    .optional(),
  /** What a tie at the edge of a quota does: all out, all in, or by the marks of these items in order; absent: left to the decision. */
  ties: z.union([z.enum(['out', 'in']), z.strictObject({ by: z.array(Text).min(1) })]).optional(),
})
export type Grades = z.infer<typeof Grades>

const Test = z.strictObject({
  score: Limits.optional(),
  grade: z.array(Text).min(1).optional(),
  place: z.strictObject({ from: z.enum(['top', 'bottom']), count: Whole, consecutive: Whole.optional() }).optional(),
  /** Something told by hand: an entry under the key of this rule says whether it is so. */
  told: Text.optional(),
})
export type Test = z.infer<typeof Test>

const Linkage = z.strictObject({
  to: Text,
  years: z
    .array(z.string().regex(/^\d{4}$/, '年份写四位数字'))
    .min(1)
    .optional(),
  when: Test.optional(),
  effect: Text.optional(),
  formula: FormulaSchema.optional(),
  note: Text.optional(),
})
export type Linkage = z.infer<typeof Linkage>

/** A scheme of evaluation as data: every figure is a decimal as text or `unknown`; keys that are not named here are refused. */
export const Scheme = z
  .strictObject({
    format: z.literal('rongjian-scheme/1'),
    key: z.string().regex(/^[a-z0-9][a-z0-9-]*$/, '方案代号用小写字母、数字和连字符'),
    name: Text,
    object: z.strictObject({ kind: z.enum([...ORGANISATIONS, ...PERSONS]), as: Text.optional() }),
    completeness: z.enum(['full', 'top_level', 'partial', 'grading_only']),
    source: z
      .array(
        z.strictObject({
          title: Text.optional(),
          url: Text.optional(),
          documentNo: Text.optional(),
          date: Text.optional(),
          confidence: z.enum(['A', 'B', 'C']).optional(),
          note: Text.optional(),
        }),
      )
      .min(1),
    period: z.strictObject({ every: z.enum(['month', 'quarter', 'half', 'year', UNKNOWN]), years: Whole.optional() }),
    rounding: z.union([
      z.literal(UNKNOWN),
      z.strictObject({
        digits: z.string().regex(/^[0-4]$/, '小数位数写 0 到 4'),
        mode: z.enum(['half-up', 'half-even']),
        at: z.enum(['item', 'dimension', 'total']),
      }),
    ]),
    notApplicable: z.enum(['redistribute', 'scale', UNKNOWN]),
    /** How several sheets make one score: the sheet of the object's class, the sum, level by level, or a formula. */
    combine: z.union([z.enum(['class', 'sum', 'levels']), FormulaSchema]).optional(),
    sheets: z.array(Sheet).min(1),
    eligibility: z
      .array(
        z.strictObject({
          code: Text,
          when: Text,
          test: z.strictObject({ score: Limits }).optional(),
          effect: Effect,
          note: Text.optional(),
        }),
      )
      .optional(),
    grades: Grades.optional(),
    linkage: z.array(Linkage).optional(),
    procedure: z.array(Text).optional(),
    notes: z.array(Text).optional(),
  })
  .superRefine((scheme, ctx) => checkReferences(scheme, isPersonal(scheme), ctx))
export type Scheme = z.infer<typeof Scheme>

/** Whether the object of a scheme is a person: then it is read-only and can never be published. */
export const isPersonal = (scheme: { object: { kind: string } }): boolean => (PERSONS as readonly string[]).includes(scheme.object.kind)

export const PERSONAL_REASON = '含个人积分/排名，与减负规定不符，不能发布'

/** Whether a scheme may be published at all, and why not. */
export const publishable = (scheme: Scheme): { publishable: true } | { publishable: false; reason: string } =>
  isPersonal(scheme) ? { publishable: false, reason: PERSONAL_REASON } : { publishable: true }
