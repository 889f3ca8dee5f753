import { inflateRawSync } from 'node:zlib'
import fc from 'fast-check'
import { expect, test } from 'vitest'
import { rowsOf, textsOf } from '#testing/handmadeSheets.ts'
import { openSpreadsheet } from './read.ts'
import { writeXlsx, xlsxBuffer } from './write.ts'
import { startsFormula } from './writeCells.ts'
import { openArchive } from './zip.ts'

const columns = [
  { title: '姓名' },
  { title: '身份证号', width: 22 },
  { title: '入党日期', kind: 'date' as const },
  { title: '得分', kind: 'number' as const },
]

/** The XML of the sheet inside the bytes that writeXlsx gives. */
const sheetXml = (bytes: Buffer) => {
  const start = bytes.indexOf('xl/worksheets/sheet1.xml') + 'xl/worksheets/sheet1.xml'.length
  return inflateRawSync(bytes.subarray(start)).toString('utf8')
}

test('a written sheet reads back with title, heads, values and footer', async () => {
  const rows = [
    ['王某某', '140102197110201219', '2005-07-01', '97.50'],
    ['李某某', null, '1949-10', 12],
  ]
  const bytes = await xlsxBuffer([{ name: '名册/一', title: '党员名册', columns, rows, footer: ['口径：在册', '账本高度：12'] }])
  const book = await openSpreadsheet(bytes)
  expect(book.sheets[0]!.name).toBe('名册 一')
  expect((await rowsOf(book)).map((row) => [row.row, textsOf(row)])).toEqual([
    [1, { A: '党员名册' }],
    [2, { A: '姓名', B: '身份证号', C: '入党日期', D: '得分' }],
    [3, { A: '王某某', B: '140102197110201219', C: '2005-07-01', D: '97.5' }],
    [4, { A: '李某某', C: '1949-10', D: '12' }],
    [6, { A: '口径：在册' }],
    [7, { A: '账本高度：12' }],
  ])
  const kinds = (await rowsOf(book))[2]!.cells.map(({ kind }) => kind)
  expect(kinds).toEqual(['text', 'text', 'date', 'number'])
  expect(sheetXml(bytes)).toContain('ySplit="2"')
})

test.each(['=1+1', '+86', '-1', '@SUM(A1)', '\t=1', '\r=1', '＝1+1', '＋1', '－1', '＠x', ' =1', '\u0000=1'])(
  '%j is written as quoted text and never as a formula',
  async (text) => {
    const bytes = await xlsxBuffer([{ name: '表', columns: [{ title: '备注' }], rows: [[text]] }])
    expect(startsFormula(text)).toBe(true)
    expect(sheetXml(bytes)).toContain('<c r="A2" t="inlineStr" s="6">')
    expect(sheetXml(bytes)).not.toContain('<f>')
    expect((await rowsOf(await openSpreadsheet(bytes)))[1]!.cells[0]).toMatchObject({ kind: 'text', text })
  },
)

test('ordinary text carries no mark, and a number with more than 15 digits stays text', async () => {
  const bytes = await xlsxBuffer([{ name: '表', columns: [{ title: '数', kind: 'number' }], rows: [['王=1'], ['12345678901234567890']] }])
  expect(sheetXml(bytes)).not.toContain('s="6"')
  expect((await rowsOf(await openSpreadsheet(bytes)))[2]!.cells[0]).toMatchObject({ kind: 'text', text: '12345678901234567890' })
})

test('any text comes back unchanged, except what Unicode itself forbids', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(fc.string({ unit: 'grapheme', minLength: 1 }), { minLength: 1, maxLength: 5 }), async (texts) => {
      const bytes = await xlsxBuffer([{ name: '表', columns: [{ title: '甲' }], rows: texts.map((text) => [text]) }])
      const rows = await rowsOf(await openSpreadsheet(bytes))
      expect(rows.slice(1).map(({ cells }) => cells[0]?.text ?? '')).toEqual(texts)
    }),
    { numRuns: 100 },
  )
})

test('the same rows give the same bytes, and rows are only taken as the reader wants them', async () => {
  let taken = 0
  function* endless(): Generator<string[]> {
    for (;;) yield [`第 ${taken++} 行${Math.random()}`]
  }
  const stream = writeXlsx([{ name: '表', columns: [{ title: '甲' }], rows: endless() }])
  for await (const _ of stream) if (stream.readableLength >= 0 && taken > 0) break
  expect(taken).toBeLessThan(100_000)
  const plan = () => [{ name: '表', columns, rows: [['王某某', '1', '2005-07-01', 1]] }]
  expect((await xlsxBuffer(plan())).equals(await xlsxBuffer(plan()))).toBe(true)
})

test('an error of the rows reaches the reader instead of a file cut short', async () => {
  const failing = function* (): Generator<string[]> {
    yield ['一']
    throw new Error('the source failed')
  }
  await expect(xlsxBuffer([{ name: '表', columns: [{ title: '甲' }], rows: failing() }])).rejects.toThrow('the source failed')
})

test('a formula of our own is live and shows its value; the same words as text stay text', async () => {
  const own = { formula: 'SUM(A1:A2)&"<"', value: '3' }
  const bytes = await xlsxBuffer([{ name: '表', columns: [{ title: '甲' }, { title: '乙' }], rows: [[own, '=SUM(A1:A2)']] }])
  const [first, second] = (await rowsOf(await openSpreadsheet(bytes)))[1]!.cells
  expect(first).toMatchObject({ kind: 'formula', raw: '=SUM(A1:A2)&"<"', text: '3' })
  expect(second).toMatchObject({ kind: 'text', text: '=SUM(A1:A2)' })
})

test('on paper a sheet is as wide as the page, a wide one on its side, and its heads stand on every page', async () => {
  const heads = (count: number) => Array.from({ length: count }, (_, i) => ({ title: `第 ${i} 列` }))
  const bytes = await xlsxBuffer([
    { name: "王某的'表'一", title: '标题', columns: heads(2), rows: [] },
    { name: '宽', columns: heads(12), rows: [] },
  ])
  const archive = openArchive(bytes)
  const sheets = await Promise.all([1, 2].map((n) => archive.text(`xl/worksheets/sheet${n}.xml`)))
  expect(sheets.map((xml) => /orientation="(\w+)" fitToWidth="1" fitToHeight="0"/.exec(xml)?.[1])).toEqual(['portrait', 'landscape'])
  const names = [...(await archive.text('xl/workbook.xml')).matchAll(/localSheetId="\d">([^<]*)</g)].map(([, at]) => at)
  expect(names).toEqual(["'王某的''表''一'!$1:$2", "'宽'!$1:$1"])
})
