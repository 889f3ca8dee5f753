import { describe, expect, test } from 'vitest'
import { checkDigit } from '#kernel/idNumber.ts'
import type { Book } from '#runtime/sheets/cell.ts'
import { isWrong } from '#runtime/sheets/issue.ts'
import { openSpreadsheet, openSpreadsheetFile } from '#runtime/sheets/read.ts'
import { isTable } from '#runtime/sheets/table.ts'
import { csvBytes, gather, handmadeXlsx } from '#testing/handmadeSheets.ts'
import { handmadeXls } from '#testing/handmadeXls.ts'
import { isRoster, parseRoster, type RosterOptions } from './parseRoster.ts'

const today = '2026-11-22'

const linesOf = async (book: Book, options: RosterOptions = {}) => {
  const roster = await parseRoster(book, { today, ...options })
  if (!isRoster(roster)) throw new Error(roster.problem)
  return gather(roster.lines())
}
const fromCsv = async (table: string[][], options: RosterOptions = {}) => linesOf(await openSpreadsheet(csvBytes(table)), options)
const problems = (lines: Awaited<ReturnType<typeof linesOf>>) =>
  lines.flatMap(({ issues }) => issues.map(({ row, column, level, problem }) => `${row}${column} ${level} ${problem}`))

const idOf = (birthday: string, order = '001') => {
  const body = `140103${birthday}${order}`
  return body + checkDigit(body)
}

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

describe('cells', () => {
  const heads = ['姓名', '支部', '类别', '入党日期', '转正日期', '身份证号', '性别', '民族', '出生日期', '手机号', '工号', '是否流动党员']
  const one = async (change: Record<string, string>, options: RosterOptions = {}) => {
    const usual: Record<string, string> = {
      姓名: '王某某',
      支部: '甲支部',
      类别: '正式党员',
      入党日期: '2005-07-01',
      转正日期: '2006-07-01',
    }
    const row = { ...usual, ...change }
    const lines = await fromCsv([heads, heads.map((head) => row[head] ?? '')], options)
    return { values: lines[0]!.values!, problems: problems(lines) }
  }

  test.each([
    ['买买提.吐尔逊', '买买提·吐尔逊'],
    ['买买提•吐尔逊', '买买提·吐尔逊'],
    ['王　某', '王某'],
  ])('the name %s is normalised to %s with a warning', async (written, name) => {
    const { values, problems } = await one({ 姓名: written })
    expect(values.name).toBe(name)
    expect(problems).toEqual([expect.stringMatching(/^2A warning 姓名里有空格/)])
  })

  test('a name of letters keeps its blank, the right dot stays without a warning', async () => {
    expect(await one({ 姓名: 'John Smith' })).toMatchObject({ values: { name: 'John Smith' }, problems: [] })
    expect(await one({ 姓名: '买买提·吐尔逊' })).toMatchObject({ values: { name: '买买提·吐尔逊' }, problems: [] })
  })

  test.each([
    ['男', 'male'],
    ['女', 'female'],
    ['1', 'male'],
    ['2', 'female'],
    ['1 男', 'male'],
    ['2女性', 'female'],
    ['0', null],
    ['9', null],
  ])('the sex %s is %s', async (written, sex) => {
    const { values, problems } = await one({ 性别: written })
    expect(values.sex).toBe(sex)
    expect(problems.length).toBe(sex === null ? 1 : 0)
  })

  test('a sex written 0 is taken from the id number, and one that disagrees with it too', async () => {
    const female = idOf('19800101', '002')
    expect(await one({ 性别: '0', 身份证号: female })).toMatchObject({
      values: { sex: 'female' },
      problems: [expect.stringMatching(/按身份证号第 17 位取/)],
    })
    expect(await one({ 性别: '男', 身份证号: female })).toMatchObject({
      values: { sex: 'female' },
      problems: [expect.stringMatching(/不一致/)],
    })
  })

  test.each([
    ['汉', '汉族'],
    ['汉族', '汉族'],
    ['01 汉族', '汉族'],
    ['01-汉', '汉族'],
    ['03', '回族'],
    ['土家族', '土家族'],
    ['56基诺族', '基诺族'],
  ])('the nation %s is %s', async (written, nation) => {
    expect(await one({ 民族: written })).toMatchObject({ values: { nation }, problems: [] })
  })

  test('an unknown nation is left out with a warning, a code that disagrees is named', async () => {
    expect(await one({ 民族: '火星' })).toMatchObject({ values: { nation: null }, problems: [expect.stringMatching(/warning 不认识民族/)] })
    expect(await one({ 民族: '02 汉族' })).toMatchObject({
      values: { nation: '汉族' },
      problems: [expect.stringMatching(/warning 民族的代码与名称不一致/)],
    })
  })

  test('dates that contradict each other are wrong, dates that only surprise are warnings', async () => {
    expect((await one({ 转正日期: '2004-07-01' })).problems).toEqual(['2E wrong 转正日期早于入党日期'])
    expect((await one({ 转正日期: '2006-06-30' })).problems).toEqual([expect.stringMatching(/2E warning .*不满一年/)])
    expect((await one({ 入党日期: '2005', 转正日期: '2006.01' })).problems).toEqual([])
    expect((await one({ 出生日期: '1990-01-01' })).problems).toEqual([expect.stringMatching(/2D warning .*18 岁/)])
    expect((await one({ 出生日期: '2010-01-01' })).problems).toEqual(['2D wrong 入党日期早于出生日期'])
    expect((await one({ 入党日期: '2030-01-01', 转正日期: '' })).problems).toContain('2D wrong 日期在今天以后')
    expect((await one({ 转正日期: '' })).problems).toEqual([expect.stringMatching(/2E warning 正式党员没有填转正日期/)])
    expect((await one({ 类别: '预备党员' })).problems).toEqual([expect.stringMatching(/2E warning 预备党员填了转正日期/)])
  })

  test('who is no member yet needs no joining date, who is one does', async () => {
    expect(await one({ 类别: '入党积极分子', 入党日期: '', 转正日期: '' })).toMatchObject({
      values: { standing: 'activist' },
      problems: [],
    })
    expect((await one({ 入党日期: '', 转正日期: '' })).problems).toContain('2D wrong 没有填入党日期')
    expect((await one({ 类别: '群众' })).problems).toEqual(['2C wrong 不认识人员类别“群众”'])
    expect((await one({ 姓名: '' })).problems).toEqual(['2A wrong 没有填姓名'])
  })

  test('telephones and flags that cannot be read are left out with a warning', async () => {
    expect(await one({ 手机号: '1390000100', 是否流动党员: '也许' })).toMatchObject({
      values: { phone: null, mobile: null },
      problems: [expect.stringMatching(/^2J warning/), expect.stringMatching(/^2L warning/)],
    })
    expect(await one({ 手机号: '+86 138-1234-1234', 是否流动党员: '√' })).toMatchObject({
      values: { phone: '13812341234', mobile: true },
      problems: [],
    })
  })

  test('a unique short branch name is proposed and not taken, several are wrong', async () => {
    const answer = (names: string[]) => () => ({ kind: 'proposed' as const, proposals: names.map((name) => ({ id: name, name })) })
    const single = await one({ 支部: '甲' }, { branchOf: answer(['甲支部']) })
    expect(single).toMatchObject({
      values: { branch: { id: null, proposals: [{ id: '甲支部' }] } },
      problems: [expect.stringMatching(/^2B warning .*像是“甲支部”/)],
    })
    expect((await one({ 支部: '甲' }, { branchOf: answer(['甲支部', '甲乙支部']) })).problems).toEqual([
      expect.stringMatching(/^2B wrong .*可能是“甲支部”、“甲乙支部”/),
    ])
  })

  test('people who stand twice are found by id, by staff number, and without both by name, branch and joining date', async () => {
    const id = idOf('19800101')
    const row = (change: string[]) => ['王某某', '甲支部', '预备党员', '2025-06-20', '', ...change]
    const lines = await fromCsv([
      heads,
      row([id]),
      row([id.toLowerCase()]),
      row(['', '', '', '', '', '0012']),
      row(['', '', '', '', '', '0012']),
      row([]),
      row([]),
      row([idOf('19800101', '003')]),
    ])
    expect(problems(lines).filter((problem) => problem.includes('wrong'))).toEqual([
      '3F wrong 身份证号与第 2 行相同',
      '5K wrong 工号与第 4 行相同',
      '7A wrong 与第 6 行的姓名、支部、入党日期都相同',
    ])
  })
})
