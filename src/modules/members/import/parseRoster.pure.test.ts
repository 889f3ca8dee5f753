import { describe, expect, test } from 'vitest'
import type { Book } from '#runtime/sheets/cell.ts'
import { isWrong } from '#runtime/sheets/issue.ts'
import { openSpreadsheet, openSpreadsheetFile } from '#runtime/sheets/read.ts'
import { isTable } from '#runtime/sheets/table.ts'
import { csvBytes, gather, handmadeXlsx } from '#testing/handmadeSheets.ts'
import { handmadeXls } from '#testing/handmadeXls.ts'
import { isRoster, parseRoster } from './parseRoster.ts'
import { fromCsv, idOf, linesOf, problems, today } from './testing.ts'

describe('the national 党员基本信息汇总表', () => {
  const branches = ['机电队党支部', '综采一队党支部', '运输队党支部', '机关第一党支部', '机关第二党支部']
  const branchOf = (name: string) => (branches.includes(name) ? { kind: 'found' as const, id: name } : { kind: 'none' as const })
  const file = 'src/testing/inputs/党员基本信息汇总表.xlsx'

  test('gives 81 people and five wrong rows, skips the blank row and the note, and warns of the blank in a name', async () => {
    const lines = await linesOf(await openSpreadsheetFile(file), { branchOf })
    const good = lines.filter((line) => !line.skipped && !isWrong(line))
    expect(good).toHaveLength(81)
    expect(lines.filter(isWrong).map(({ row }) => row)).toEqual([14, 87, 88, 89, 90])
    expect(lines.filter(({ skipped }) => skipped).map(({ row, skipped }) => [row, skipped])).toEqual([
      [91, 'blank'],
      [92, 'note'],
    ])
    expect(good.flatMap(({ issues }) => issues).map(({ row, column, level }) => [row, column, level])).toEqual([[10, 'B', 'warning']])
  })

  test('names cell, reason and remedy of each wrong row, with the cell as typed', async () => {
    const issues = (await linesOf(await openSpreadsheetFile(file), { branchOf })).flatMap((line) => line.issues)
    const wrong = issues.filter(({ level }) => level === 'wrong').map(({ row, column, value }) => `${row}${column} ${value}`)
    expect(wrong).toEqual([
      '14D 140102200006243020',
      '87D 140101198513400012',
      '87G 1985-13-40',
      '88D 140102197110201219',
      '89D 140105198001010015',
      '89C 不存在的党支部',
      '90B =1+1',
      '90K 2002-07-01',
    ])
    for (const { problem, remedy } of issues) expect([problem, remedy].every((text) => text.length > 1)).toBe(true)
  })

  test('reads every column, all forms of dates, and nothing that is not there', async () => {
    const people = new Map((await linesOf(await openSpreadsheetFile(file))).map(({ row, values }) => [row, values]))
    expect(people.get(5)).toMatchObject({
      name: '钱某乙',
      branch: { text: '机电队党支部', id: null },
      standing: 'fullMember',
      idNumber: '140102197110201219',
      sex: 'male',
      nation: '汉族',
      education: { code: '21', name: '大学' },
      post: { code: '016', name: '工勤技能人员' },
      phone: '13900001001',
      landline: null,
      employeeNumber: null,
      membershipStatus: 'normal',
      lost: false,
      mobile: false,
      joined: { from: '1992-12-17', precision: 'day' },
    })
    expect(people.get(8)?.birth?.from).toBe('1987-09-22')
    expect(people.get(10)?.name).toBe('郑某庚')
    expect(people.get(12)?.birth?.from).toBe('1984-06-10')
    expect(people.get(16)?.joined?.from).toBe('1990-09-26')
    expect(people.get(20)?.joined?.from).toBe('2002-11-22')
    expect(people.get(28)).toMatchObject({ standing: 'probationaryMember', converted: null })
    expect(people.get(34)?.nation).toBe('汉族')
  })

  test('keeps the lines above the heads', async () => {
    const roster = await parseRoster(await openSpreadsheetFile(file))
    expect(isRoster(roster) && roster.table).toMatchObject({
      headRow: 4,
      ignored: [],
      titles: expect.arrayContaining(['2026 年 1 月 5 日']),
    })
  })
})

describe('any other layout', () => {
  test('four columns in any order and under other names are enough', async () => {
    const lines = await fromCsv([
      ['入党时间', '党员类别', '支部名称', '姓 名'],
      ['2005.07', '02预备党员', '机电队党支部', '王某某'],
    ])
    expect(lines[0]!.values).toMatchObject({
      name: '王某某',
      standing: 'probationaryMember',
      joined: { from: '2005-07-01', to: '2005-07-31', precision: 'month' },
      idNumber: null,
      sex: null,
      converted: null,
    })
    expect(lines[0]!.issues).toEqual([])
  })

  test('in GB18030, with a title, notes, totals, a repeated head and numbered empty rows', async () => {
    const bytes = csvBytes(
      [
        ['某支部党员名册'],
        ['序号', '姓名', '所在支部', '人员类别', '入党日期', '转正日期', '*身份证号码(18位)', '爱好'],
        ['1', '李某某', '机电队党支部', '正式党员', '2001/7/1', '20020701', idOf('19800101')],
        ['2', '', '', '', '', '', ''],
        ['序号', '姓名', '所在支部', '人员类别', '入党日期', '转正日期', '*身份证号码(18位)', '爱好'],
        ['合计', '1 人'],
        ['注：本表由各支部填写'],
      ],
      { encoding: 'gb18030' },
    )
    const roster = await parseRoster(await openSpreadsheet(bytes), { today })
    if (!isRoster(roster)) throw new Error(roster.problem)
    const lines = await gather(roster.lines())
    expect(lines.map(({ row, skipped }) => [row, skipped])).toEqual([
      [3, null],
      [4, 'note'],
      [5, 'note'],
      [6, 'note'],
      [7, 'note'],
    ])
    expect(lines[0]).toMatchObject({ issues: [], values: { name: '李某某', converted: { from: '2002-07-01' } } })
    expect(roster.table.ignored).toEqual([{ column: 'H', head: '爱好' }])
  })

  test('blank rows between people are reported, those behind the last are not', async () => {
    const rows = [
      ['姓名', '支部', '类别', '入党日期'],
      ['王某某', '甲支部', '预备党员', '2025-06-20'],
      [],
      ['李某某', '甲支部', '预备党员', '2025-06-20'],
      [],
      [' '],
    ]
    expect((await fromCsv(rows)).map(({ row, skipped }) => [row, skipped])).toEqual([
      [2, null],
      [3, 'blank'],
      [4, null],
    ])
  })

  test('with heads over two lines that are not merged, and with the group names on top', async () => {
    const two = await fromCsv([
      ['姓名', '所在党支部', '人员类别', '加入党组织日期', '联系电话', ''],
      ['', '', '', '', '手机号', '固定电话'],
      ['王某某', '甲支部', '预备党员', '2025-06-20', '139 0000 1001', '0351-6123456'],
    ])
    expect(two[0]).toMatchObject({ row: 3, issues: [], values: { phone: '13900001001', landline: '03516123456' } })
    const groups = await fromCsv([
      ['基本情况', '', '党内情况', ''],
      ['姓名', '所在支部', '人员类别', '入党日期'],
      ['王某某', '甲支部', '预备党员', '2025-06-20'],
    ])
    expect(groups).toHaveLength(1)
    expect(groups[0]!.values?.name).toBe('王某某')
  })

  test('a branch merged over its people belongs to each of them', async () => {
    const text = (reference: string, value: string) => `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`
    const line = (row: number, cells: string[]) =>
      `<row r="${row}">${cells.map((value, index) => (value ? text('ABCD'[index]! + row, value) : '')).join('')}</row>`
    const rows =
      line(1, ['所在支部', '姓名', '人员类别', '入党日期']) +
      line(2, ['甲支部', '王某某', '预备党员', '2025-06-20']) +
      line(3, ['', '李某某', '预备党员', '2025-06-21'])
    const lines = await linesOf(
      await openSpreadsheet(await handmadeXlsx({ rows, after: '<mergeCells><mergeCell ref="A2:A3"/></mergeCells>' })),
    )
    expect(lines.map(({ values }) => values?.branch.text)).toEqual(['甲支部', '甲支部'])
  })

  test('in an old .xls, where a long id number has lost its digits', async () => {
    const book = await openSpreadsheet(
      handmadeXls([
        ['姓名', '支部', '类别', '入党时间', '身份证号'],
        ['王某某', '甲支部', '预备党员', { serial: 45828 }, 140102200006243020],
      ]),
    )
    const lines = await linesOf(book)
    expect(lines[0]!.values?.joined?.from).toBe('2025-06-20')
    expect(problems(lines)).toEqual(['2E wrong 身份证号在表格里存成了数字，第 16 位以后的数字已经丢失'])
  })

  test('without the required heads it says which are missing and which were found', async () => {
    const found = await parseRoster(
      await openSpreadsheet(
        csvBytes([
          ['姓名', '性别', '出生日期'],
          ['王某某', '男', '1980-01-01'],
        ]),
      ),
    )
    expect(isRoster(found)).toBe(false)
    expect(found).toMatchObject({ missing: ['所在党支部', '人员类别', '入党日期'], found: ['姓名', '性别', '出生日期'] })
    expect(isTable(found as never)).toBe(false)
    expect(await parseRoster(await openSpreadsheet(csvBytes([['甲', '乙']])))).toMatchObject({
      found: [],
      missing: expect.arrayContaining(['姓名']),
    })
  })

  test('the sheet with the roster is found behind a sheet of explanations, a hidden sheet is not read', async () => {
    const sheet = (name: string, hidden: boolean, table: string[][]) => ({
      name,
      hidden,
      rows: async function* () {
        const { sheets } = await openSpreadsheet(csvBytes(table))
        yield* sheets[0]!.rows()
      },
    })
    const heads = ['姓名', '支部', '类别', '入党日期']
    const book: Book = {
      format: 'xlsx',
      date1904: false,
      sheets: [
        sheet('填表说明', false, [['请如实填写']]),
        sheet('旧', true, [
          [...heads, '性别'],
          ['甲某', '甲支部', '预备党员', '2025-01-01', '男'],
        ]),
        sheet('名册', false, [heads, ['王某某', '甲支部', '预备党员', '2025-06-20']]),
      ],
    }
    expect((await linesOf(book)).map(({ values }) => values?.name)).toEqual(['王某某'])
  })
})
