import { download } from '#kernel/operation.ts'
import { type SheetPlan, xlsxBuffer } from '#runtime/sheets/write.ts'
import { exact, subtract, textOf } from '../engine/exact.ts'
import { countedOf } from '../engine/input.ts'
import { isDimension, type PlannedDimension, type PlannedItem, plan } from '../engine/plan.ts'
import type { Rule } from '../engine/rule.ts'
import type { Declared } from '../known.ts'
import { dimensionsOf, type ItemView } from '../view.ts'
import { type Got, ofResult, ResultRef, resultOf } from './results.ts'

const XLSX = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'

export const resultWorkbook = (declared: Declared) =>
  download('evaluation.resultWorkbook', {
    title: '导出得分依据（带公式，可自己复算）',
    input: ResultRef,
    ...ofResult,
    run: async (ctx, ref, org) => {
      const got = await resultOf(ctx, declared, ref, org)
      return { fileName: `${got.object.org.name}考核得分依据${got.period}.xlsx`, type: XLSX, body: await workbookOf(got) }
    },
  })

/** Marks with live formulas over the sheet of cases: who doubts a figure changes it there and sees what follows. */
async function workbookOf(got: Got): Promise<Buffer> {
  const items = dimensionsOf(got.scheme, got.object).flatMap((d) => d.items)
  const planned = new Map(plan(got.scheme).sheets.flatMap(({ top }) => leaves(top).map((i) => [i.path, i] as const)))
  return xlsxBuffer([marksSheet(got, items, planned), casesSheet(items)])
}

const leaves = (node: PlannedDimension | PlannedItem): PlannedItem[] => (isDimension(node) ? node.children.flatMap(leaves) : [node])

const FIRST_ROW = 3

function marksSheet(got: Got, items: ItemView[], planned: Map<string, PlannedItem>): SheetPlan {
  const { object } = got
  const last = FIRST_ROW + items.length - 1
  const rows = items.map((item, i) => {
    const row = FIRST_ROW + i
    const counted = item.cases.length > 0
    const sum = (column: string, of: (c: ItemView['cases'][number]) => number) => ({
      formula: `SUMIF(依据!$A:$A,$A${row},依据!$${column}:$${column})`,
      value: item.cases.reduce((n, c) => n + of(c), 0),
    })
    const rule = planned.get(item.path)?.rules.length === 1 ? planned.get(item.path)!.rules[0]!.rule : null
    const marks = rule && counted ? marksFormula(rule, item, row) : null
    return [
      item.path,
      item.max,
      counted ? sum('C', dueOf) : null,
      counted ? sum('D', (c) => Math.min(c.met, c.expected)) : null,
      marks && item.score !== null ? { formula: marks, value: item.score } : item.score,
      item.state,
      item.rules.join('；'),
      item.sentence,
    ]
  })
  const sum = items.reduce((total, i) => (i.score === null ? total : subtract(total, subtract(exact('0'), exact(i.score)))), exact('0'))
  const total = { formula: `SUM(E${FIRST_ROW}:E${last})`, value: textOf(sum) }
  return {
    name: '得分',
    title: `${object.org.name} ${got.scheme.name} ${got.period}`,
    columns: [
      { title: '指标', width: 30 },
      { title: '满分', kind: 'number' },
      { title: '应做', kind: 'number' },
      { title: '实做', kind: 'number' },
      { title: '得分', kind: 'number' },
      { title: '状态', width: 10 },
      { title: '规则', width: 40 },
      { title: '说明', width: 60 },
    ],
    rows: [
      ...rows,
      ['各项合计', null, null, null, total, null, null, `按方案取整、折算后的总分：${object.score ?? '未定'}。${object.says}`],
    ],
    footer: [
      `方案指纹 ${got.fingerprint}`,
      `截至 ${got.asAt}，账本第 ${got.through} 号，树根 ${got.root}`,
      '得分栏的公式取自「依据」表；改动那里的数字可看结果如何变化。本表不带名次。',
    ],
  }
}

/** The rule as a spreadsheet formula over 满分 (B), 应做 (C) and 实做 (D); null where the rule needs more than these, or weights moved. */
function marksFormula(rule: Rule, { formula }: ItemView, row: number): string | null {
  if (formula === null) return null
  if (rule.kind === 'share') return `B${row}*D${row}/C${row}`
  if (rule.kind !== 'deduct') return null
  const rest = `B${row}-MAX(0,C${row}-D${row})*${Number(rule.marks)}`
  return rule.floor === 'none' ? rest : `MAX(0,${rest})`
}

/** What is expected by the day of the result: of what is not due yet, only what is done. */
const dueOf = (c: ItemView['cases'][number]) => countedOf([c]).expected
const noteOf = ({ part, due, note }: ItemView['cases'][number]) =>
  [part && `【${part}】`, due === false && '未到期', note].filter(Boolean).join(' ')

const casesSheet = (items: ItemView[]): SheetPlan => ({
  name: '依据',
  columns: [
    { title: '指标', width: 30 },
    { title: '期间', width: 14 },
    { title: '应做', kind: 'number' },
    { title: '实做', kind: 'number' },
    { title: '说明', width: 60 },
    { title: '实绩编号', width: 40 },
  ],
  rows: items.flatMap((i) =>
    i.cases.map((c) => [i.path, c.periodName, dueOf(c), Math.min(c.met, c.expected), noteOf(c), c.facts.join(' ')]),
  ),
})
