import { describe, expect, test } from 'vitest'
import { checkScheme, listShipped, loadScheme, writeScheme } from '../../engine/load.ts'
import { type Field, NEW_RULES, NEW_SOURCES, RULE_FIELDS, RULE_NAMES, SOURCE_FIELDS, SOURCE_NAMES } from './kinds.ts'
import { linesOf, wordsOf } from './lists.ts'
import {
  FORMULA_NAMES, formulaKind, GRADE_BAND_COLUMNS, GROUP_COLUMNS, LINK_FIELDS, NEW_FORMULAS, NODE_FIELDS, PLACE_FIELDS, QUOTA_COLUMNS, SCHEME_FIELDS,
  SCORE_COLUMNS, SHEET_FIELDS, WHEN_FIELDS,
} from './wholeFields.ts' // biome-ignore format: one list

/**
 * A part of a scheme as the form holds it and gives it back: each value goes through the text of its field, and what no field shows is
 * lost. `kept` are the parts that have an editor of their own.
 */
function throughForm(part: any, fields: readonly Field[], kept: Record<string, (value: any) => any> = {}): any {
  const back: Record<string, unknown> = {}
  for (const [key, value] of Object.entries(part)) {
    const field = fields.find((f) => f.key === key)
    const own = kept[key]
    if (own) back[key] = own(value)
    else if (field) back[key] = throughField(field, value)
  }
  return back
}

function throughField(field: Field, value: any): unknown {
  if (field.as === 'words') return wordsOf(value.join('、'))
  if (field.as === 'lines') return linesOf(value.join('\n'))
  if (field.as === 'rows')
    return value.map((row: any) =>
      throughRow(
        row,
        field.columns.map((c) => c.key),
      ),
    )
  if (field.as === 'choice') return value in field.options ? value : undefined
  return value
}

const throughRow = (row: any, columns: readonly string[]) =>
  Object.fromEntries(columns.flatMap((key) => (row[key] === undefined ? [] : [[key, String(row[key])]])))
const rows = (columns: readonly { key: string }[]) => (of: any[]) =>
  of.map((row) =>
    throughRow(
      row,
      columns.map((c) => c.key),
    ),
  )
const as = (value: any) => value
const words = (of: string[]) => wordsOf(of.join('、'))

const throughSource = (source: any): any =>
  throughForm(source, SOURCE_FIELDS[source.from]!, {
    from: (from) => (from in SOURCE_NAMES ? from : undefined),
    measure: as,
    filter: as,
    parts: (parts) => parts.map((p: any) => ({ name: p.name, weight: p.weight, source: throughSource(p.source) })),
  })
const throughRule = (rule: any) =>
  throughForm(rule, RULE_FIELDS[rule.kind]!, {
    kind: (kind) => (kind in RULE_NAMES ? kind : undefined),
    when: as,
    note: as,
    source: throughSource,
  })
const throughNode = (node: any): any =>
  throughForm(node, node.items ? NODE_FIELDS.slice(0, 1) : NODE_FIELDS, {
    name: as,
    max: as,
    assessedBy: as,
    looksAt: as,
    note: as,
    source: throughSource,
    rules: (all) => all.map(throughRule),
    items: (all) => all.map(throughNode),
  })
const throughFormula = (formula: any): any => {
  const kind = formulaKind(formula)
  const inside = formula[kind]
  if (Array.isArray(inside)) return { [kind]: inside.map(throughFormula) }
  return kind === 'sheet' ? { sheet: formula.sheet, as: formula.as } : { [kind]: inside }
}
const throughLink = (link: any) =>
  throughForm(link, LINK_FIELDS, {
    formula: throughFormula,
    when: (when) =>
      throughForm(when, WHEN_FIELDS, {
        score: (score) =>
          throughRow(
            score,
            SCORE_COLUMNS.map((c) => c.key),
          ),
        place: (place) => throughForm(place, PLACE_FIELDS),
      }),
  })
const throughScheme = (scheme: any) =>
  throughForm(scheme, SCHEME_FIELDS, {
    format: as,
    key: as,
    name: as,
    completeness: as,
    notApplicable: as,
    rounding: as,
    object: ({ kind, as: called }) => ({ kind, ...(called ? { as: called } : {}) }),
    period: ({ every, years }) => ({ every, ...(years ? { years } : {}) }),
    combine: (combine) => (typeof combine === 'object' ? throughFormula(combine) : combine),
    sheets: (all) => all.map((sheet: any) => throughForm(sheet, SHEET_FIELDS, { items: (items) => items.map(throughNode) })),
    eligibility: (all) =>
      all.map(({ code, when, test: by, effect, note }: any) => ({
        code,
        when,
        ...(by
          ? {
              test: {
                score: throughRow(
                  by.score,
                  SCORE_COLUMNS.map((c) => c.key),
                ),
              },
            }
          : {}),
        effect,
        ...(note ? { note } : {}),
      })),
    grades: (grades) =>
      throughForm(grades, [], {
        by: as,
        bands: rows(GRADE_BAND_COLUMNS),
        quotas: rows(QUOTA_COLUMNS),
        ties: (ties) => (typeof ties === 'object' ? { by: words(ties.by) } : ties),
        groups: (all) =>
          all.map((g: any) => ({
            ...throughRow(
              g,
              GROUP_COLUMNS.map((c) => c.key),
            ),
            of: words(g.of),
            ...(g.alsoWhen ? { alsoWhen: words(g.alsoWhen) } : {}),
          })),
      }),
    linkage: (all) => all.map(throughLink),
  })

test.each(listShipped())('$file goes into the form and comes out as the same text', ({ loaded }) => {
  if ('errors' in loaded) throw new Error(JSON.stringify(loaded.errors))
  const before = writeScheme(loaded.scheme)
  const back = checkScheme(throughScheme(JSON.parse(JSON.stringify(loaded.scheme))))
  if ('errors' in back) throw new Error(JSON.stringify(back.errors))
  expect(writeScheme(back.scheme)).toBe(before)
  expect(loadScheme(before)).toEqual(loaded)
})

test('a field that the form lacks loses its value, so the round trip would tell', () => {
  expect(throughForm({ name: '甲', stranger: '乙' }, [], { name: as })).toEqual({ name: '甲' })
})

describe('everything begins as something that can be saved', () => {
  const item = (more: object) => ({ name: '项', max: '5', ...more })
  const scheme = (more: object, items: object[] = [item({ rules: [{ kind: 'share' }] })]) => ({
    format: 'rongjian-scheme/1', key: 'x', name: '试', object: { kind: 'branch' }, completeness: 'partial', source: [{ title: '试' }],
    period: { every: 'year' }, rounding: 'unknown', notApplicable: 'scale', sheets: [{ key: 'main', name: '表', total: '5', items }], ...more,
  }) // biome-ignore format: one scheme

  test.each(Object.keys(RULE_NAMES))('a rule of kind %s', (kind) => {
    expect(checkScheme(scheme({}, [item({ rules: [NEW_RULES[kind]] })]))).toHaveProperty('scheme')
    expect(throughRule(NEW_RULES[kind])).toEqual(NEW_RULES[kind])
  })
  test.each(Object.keys(SOURCE_NAMES))('a source of kind %s', (from) => {
    expect(checkScheme(scheme({}, [item({ source: NEW_SOURCES[from] })]))).toHaveProperty('scheme')
    expect(throughSource(NEW_SOURCES[from])).toEqual(NEW_SOURCES[from])
  })
  test.each(Object.keys(FORMULA_NAMES))('a formula of kind %s', (kind) => {
    expect(checkScheme(scheme({ linkage: [{ to: '绩效', formula: NEW_FORMULAS[kind] }] }))).toHaveProperty('scheme')
    expect(throughFormula(NEW_FORMULAS[kind])).toEqual(NEW_FORMULAS[kind])
  })
})
