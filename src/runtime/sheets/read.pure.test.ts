import { randomBytes } from 'node:crypto'
import fc from 'fast-check'
import { describe, expect, test } from 'vitest'
import { csvBytes, handmadeXlsx, rowsOf, textsOf } from '#testing/handmadeSheets.ts'
import { handmadeXls } from '#testing/handmadeXls.ts'
import { openSpreadsheet } from './read.ts'
import { xlsxBuffer } from './write.ts'

const line = (row: number, ...cells: string[]) => `<row r="${row}">${cells.join('')}</row>`
const cell = (reference: string, inside: string, attributes = '') => `<c r="${reference}" ${attributes}>${inside}</c>`
const dates =
  '<numFmts><numFmt numFmtId="170" formatCode="yyyy&quot;年&quot;m&quot;月&quot;"/></numFmts>' +
  '<cellXfs><xf numFmtId="0"/><xf numFmtId="14"/><xf numFmtId="170"/><xf numFmtId="31"/></cellXfs>'
const firstRow = async (bytes: Buffer) => (await rowsOf(await openSpreadsheet(bytes)))[0]!.cells

describe('an .xlsx file', () => {
  test('tells dates from numbers by their format, in both day counts and without a shift', async () => {
    const rows = line(
      1,
      cell('A1', '<v>45767.625</v>', 's="1"'),
      cell('B1', '<v>30843</v>', 's="2"'),
      cell('C1', '<v>30843</v>'),
      cell('D1', '<v>60</v>', 's="3"'),
    )
    const cells = await firstRow(await handmadeXlsx({ rows, styles: dates }))
    expect(cells.map(({ kind, text }) => [kind, text])).toEqual([
      ['date', '2025-04-20 15:00'],
      ['date', '1984-06-10'],
      ['number', '30843'],
      ['number', '60'],
    ])
    const late = await firstRow(await handmadeXlsx({ rows, styles: dates, workbook: '<workbookPr date1904="1"/>' }))
    expect(late[1]).toMatchObject({ kind: 'date', text: '1988-06-11', raw: '30843', format: 'yyyy"年"m"月"' })
  })

  test('keeps what is stored: long numbers, formulas, errors, truth values, rich and inline text', async () => {
    const rows = line(
      3,
      cell('A3', '<v>140102200006243020</v>'),
      cell('B3', '<v>1.4010220000624301E+17</v>'),
      cell('C3', '<f>1+1</f><v>2</v>'),
      cell('D3', '<v>#N/A</v>', 't="e"'),
      cell('E3', '<v>1</v>', 't="b"'),
      cell('F3', '<v>0</v>', 't="s"'),
      cell('G3', '<is><r><t>王</t></r><r><t>某某</t></r></is>', 't="inlineStr"'),
      cell('H3', '<f>A1</f><v></v>', 't="str"'),
    )
    const strings = '<si><r><t>示例</t></r><rPh><t>shili</t></rPh><t xml:space="preserve"> &amp;_x000D_矿业</t></si>'
    const cells = await firstRow(await handmadeXlsx({ rows, strings }))
    expect(cells.map(({ row, column, kind, text }) => `${row}${column} ${kind} ${text}`)).toEqual([
      '3A number 140102200006243020',
      '3B number 140102200006243000',
      '3C formula 2',
      '3D error #N/A',
      '3E boolean TRUE',
      '3F text 示例 &\r矿业',
      '3G text 王某某',
      '3H formula ',
    ])
    expect(cells[2]!.raw).toBe('=1+1')
  })

  test('may have an empty row at the very end, as whole columns with a format leave behind', async () => {
    const rows = `<row r="1">${cell('A1', '<v>1</v>')}</row><row r="1048576">${cell('A1048576', '', 's="1"')}</row>`
    expect((await rowsOf(await openSpreadsheet(await handmadeXlsx({ rows })))).map(({ cells }) => cells.length)).toEqual([1, 0])
  })

  test('numbers rows as the program shows them, with gaps, empty rows and cells without references', async () => {
    const rows = '<row r="2"><c><v>1</v></c><c><v>2</v></c></row><row r="7"/><row><c r="C8"><v>3</v></c></row>'
    const found = await rowsOf(await openSpreadsheet(await handmadeXlsx({ rows })))
    expect(found.map((row) => [row.row, textsOf(row)])).toEqual([
      [2, { A: '1', B: '2' }],
      [7, {}],
      [8, { C: '3' }],
    ])
  })

  test('copies the first cell of a merged area into its empty cells and marks the copies', async () => {
    const rows = line(1, cell('A1', '<v>7</v>')) + line(2, cell('B2', '<v>8</v>')) + line(3, cell('A3', '<v>9</v>'))
    const after = '<mergeCells count="2"><mergeCell ref="A1:A2"/><mergeCell ref="B2:C3"/></mergeCells>'
    const found = await rowsOf(await openSpreadsheet(await handmadeXlsx({ rows, after })))
    expect(found.map(({ cells }) => cells.map(({ column, text, merged }) => `${column}${text}${merged ? '*' : ''}`))).toEqual([
      ['A7'],
      ['A7*', 'B8', 'C8*'],
      ['A9', 'B8*', 'C8*'],
    ])
  })
})

describe('separated text', () => {
  const table = [
    ['姓名', '备注'],
    ['王某某', '第一行\n第二行,还有"引号"'],
    ['', '㐂;𠮷'],
  ]

  test.each([
    ['utf8', ',', false],
    ['utf8', ';', true],
    ['gb18030', ',', false],
    ['gb18030', '\t', false],
    ['utf-16le', '\t', true],
    ['utf-16be', ',', true],
    ['utf-16le', ';', false],
  ])('is read in %s with %j between the cells (mark at the start: %s)', async (encoding, separator, bom) => {
    const book = await openSpreadsheet(csvBytes(table, { encoding, separator, bom }))
    expect((await rowsOf(book)).map(textsOf)).toEqual([
      { A: '姓名', B: '备注' },
      { A: '王某某', B: '第一行\n第二行,还有"引号"' },
      { B: '㐂;𠮷' },
    ])
  })

  test('keeps digits as they are, also behind the marks that other programs put before them', async () => {
    const book = await openSpreadsheet(Buffer.from('工号,身份证\n="0012",\'140102197110201219\n007,1"2\n'))
    expect((await rowsOf(book)).map(textsOf).slice(1)).toEqual([
      { A: '0012', B: '140102197110201219' },
      { A: '007', B: '1"2' },
    ])
  })

  test('is divided by what divides it evenly, not by what is most frequent', async () => {
    const book = await openSpreadsheet(Buffer.from('名称;内容\n甲;一,二,三,四\n乙;五,六\n'))
    expect((await rowsOf(book)).map(textsOf)).toEqual([
      { A: '名称', B: '内容' },
      { A: '甲', B: '一,二,三,四' },
      { A: '乙', B: '五,六' },
    ])
  })

  test('of any content comes back from any encoding', async () => {
    const letters = fc.constantFrom('王', '某', 'a', '"', ',', ';', '\n', '\t', ' ', '=', '𠮷', '0')
    const text = fc.array(letters, { minLength: 1, maxLength: 8 }).map((parts) => `x${parts.join('')}x`)
    const tables = fc.array(fc.tuple(text, text, text), { minLength: 1, maxLength: 6 })
    await fc.assert(
      fc.asyncProperty(tables, fc.constantFrom('utf8', 'gb18030', 'utf-16le'), async (rows, encoding) => {
        const heads = ['甲乙丙丁', '戊己庚辛', '壬癸子丑']
        const book = await openSpreadsheet(csvBytes([heads, ...rows], { encoding, bom: encoding !== 'gb18030', separator: ',' }))
        expect((await rowsOf(book)).map(({ cells }) => cells.map(({ text }) => text))).toEqual([heads, ...rows])
      }),
      { numRuns: 60 },
    )
  })
})

test('an old .xls file is read with its Chinese text, numbers and dates', async () => {
  const book = await openSpreadsheet(
    handmadeXls(
      [
        ['姓名', '入党日期'],
        ['王某某', { serial: 37582 }],
        ['李某某', 140102200006243020],
      ],
      '名册',
    ),
  )
  expect(book).toMatchObject({ format: 'xls', sheets: [{ name: '名册' }] })
  const rows = await rowsOf(book)
  expect(rows[1]!.cells.map(({ kind, text }) => [kind, text])).toEqual([
    ['text', '王某某'],
    ['date', '2002-11-22'],
  ])
  expect(rows[2]!.cells[1]).toMatchObject({ kind: 'number', text: '140102200006243020' })
})

describe('a file that cannot be trusted is refused in Chinese', () => {
  const refused = async (bytes: Buffer, reason: RegExp) => {
    const read = async () => rowsOf(await openSpreadsheet(bytes))
    await expect(read()).rejects.toMatchObject({ code: 'unreadable-sheet', message: expect.stringMatching(reason) })
  }

  test('when it inflates beyond all measure, before the memory is gone', async () => {
    const spaces = ' '.repeat(1024 * 1024)
    const bomb = await handmadeXlsx({
      rows: (function* () {
        for (let index = 0; index < 300; index++) yield spaces
      })(),
    })
    expect(bomb.length).toBeLessThan(1024 * 1024)
    const before = process.memoryUsage().rss
    await refused(bomb, /解压后大得不正常/)
    expect(process.memoryUsage().rss - before).toBeLessThan(150 * 1024 * 1024)
  })

  test('when one tag or one cell never ends', async () => {
    await refused(await handmadeXlsx({ rows: `<row r="1"><c r="A1" x="${randomBytes(1_500_000).toString('base64')}` }), /内容不正常/)
    await refused(
      await handmadeXlsx({
        rows: `<row r="1">${cell('A1', `<is><t>${randomBytes(40_000).toString('hex')}</t></is>`, 't="inlineStr"')}</row>`,
      }),
      /超过 32767 字/,
    )
  })

  test('when it declares entities, has too many columns or rows, or too many entries', async () => {
    await refused(await handmadeXlsx({ rows: '<!DOCTYPE x [<!ENTITY a "b">]>' }), /内容不正常/)
    await refused(await handmadeXlsx({ rows: `<row r="1">${cell('XFD1', '<v>1</v>')}</row>` }), /超过 500 列/)
    const many = function* () {
      for (let row = 1; row <= 200_001; row++) yield `<row r="${row}"><c><v>1</v></c></row>`
    }
    await refused(await handmadeXlsx({ rows: many() }), /超过 200000 行/)
    const extra = Array.from({ length: 2000 }, (_, index) => ({ name: `x${index}`, text: [''] }))
    await refused(await handmadeXlsx({ rows: '', extra }), /文件太多/)
  })

  test('when it is empty, cut short, protected, a web page or a PDF', async () => {
    const whole = await handmadeXlsx({ rows: '<row r="1"/>' })
    await refused(Buffer.alloc(0), /空的/)
    await refused(whole.subarray(0, whole.length - 200), /不完整/)
    await refused(Buffer.concat([Buffer.from('d0cf11e0a1b11ae1', 'hex'), randomBytes(3000)]), /另存为/)
    await refused(Buffer.from(`d0cf11e0a1b11ae1${Buffer.from('EncryptedPackage', 'utf16le').toString('hex')}`, 'hex'), /加了密码/)
    await refused(Buffer.from('<html><table></table></html>'), /网页/)
    await refused(Buffer.from('%PDF-1.7'), /PDF/)
    await refused(Buffer.from([0x50, 0x4b, 3, 4, 1, 2, 3]), /不完整/)
  })

  test('whatever bytes are changed in a good file: it is read, or refused, and never hangs', async () => {
    const whole = await handmadeXlsx({ rows: `<row r="1">${cell('A1', '<v>1</v>')}</row>`, styles: dates })
    await fc.assert(
      fc.asyncProperty(fc.nat(whole.length - 1), fc.nat(255), async (at, value) => {
        const bytes = Buffer.from(whole)
        bytes[at] = value
        const result = await openSpreadsheet(bytes)
          .then(rowsOf)
          .catch((error) => error.code)
        expect(Array.isArray(result) || result === 'unreadable-sheet').toBe(true)
      }),
      { numRuns: 300 },
    )
  })
})

test('reading a large file leaves the event loop to others, and memory does not grow with the rows', async () => {
  const table = Array.from({ length: 40_000 }, (_, index) => [`王某${index}`, '机电队党支部', '2005-07-01', '备注'.repeat(10)])
  for (const bytes of [
    csvBytes(table),
    await xlsxBuffer([{ name: '表', columns: [1, 2, 3, 4].map(() => ({ title: '列' })), rows: table }]),
  ]) {
    let turns = 0
    const timer = setInterval(() => turns++, 1)
    const before = process.memoryUsage().rss
    let rows = 0
    for await (const _ of (await openSpreadsheet(bytes)).sheets[0]!.rows()) rows++
    clearInterval(timer)
    expect(rows).toBeGreaterThanOrEqual(40_000)
    expect(turns).toBeGreaterThan(10)
    expect(process.memoryUsage().rss - before).toBeLessThan(200 * 1024 * 1024)
  }
})
