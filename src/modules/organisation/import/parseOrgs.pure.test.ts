import { describe, expect, test } from 'vitest'
import { openSpreadsheet, openSpreadsheetFile } from '#runtime/sheets/read.ts'
import { csvBytes } from '#testing/handmadeSheets.ts'
import { orgMatcher } from './matchOrg.ts'
import { isOrgList, type OrgOptions, parseOrgs } from './parseOrgs.ts'

const heads = ['组织名称', '上级组织', '组织类别', '建立日期', '本届班子任命日期', '应换届日期']
const read = async (rows: string[][], options: OrgOptions = {}) => {
  const list = await parseOrgs(await openSpreadsheet(csvBytes([heads, ...rows])), { today: '2026-11-22', ...options })
  if (!isOrgList(list)) throw new Error(list.problem)
  return list.lines
}
const problems = (lines: Awaited<ReturnType<typeof read>>) =>
  lines.flatMap(({ issues }) => issues.map(({ row, column, level, problem }) => `${row}${column} ${level} ${problem}`))

test('the unit’s list gives its seven organisations without a remark', async () => {
  const list = await parseOrgs(await openSpreadsheetFile('src/testing/inputs/组织信息.xlsx'))
  if (!isOrgList(list)) throw new Error(list.problem)
  expect(list.lines.flatMap(({ issues }) => issues)).toEqual([])
  expect(list.lines.map(({ row, values }) => [row, values?.name, values?.kind, values?.parent?.row ?? null])).toEqual([
    [2, '示例矿业集团XX煤业公司委员会', 'partyCommittee', null],
    [3, '机电队党支部', 'partyBranch', 2],
    [4, '综采一队党支部', 'partyBranch', 2],
    [5, '运输队党支部', 'partyBranch', 2],
    [6, '机关党总支', 'generalBranch', 2],
    [7, '机关第一党支部', 'partyBranch', 6],
    [8, '机关第二党支部', 'partyBranch', 6],
  ])
  expect(list.lines[5]!.values).toMatchObject({
    units: ['综合办公室', '人力资源部'],
    founded: { from: '2015-07-01', precision: 'day' },
    termFrom: '2024-03-15',
    termTo: '2027-03-15',
  })
})

describe('a list of organisations', () => {
  test('may name superiors after those who stand under them', async () => {
    const lines = await read([
      ['甲党支部', '乙公司党委', '党支部', '2020-08-01'],
      ['乙公司党委', '', '党委', '2015.07'],
    ])
    expect(problems(lines)).toEqual([])
    expect(lines[0]!.values?.parent).toEqual({ text: '乙公司党委', row: 3, id: null })
    expect(lines[1]!.values?.founded?.precision).toBe('month')
  })

  test('finds superiors that are known already, and takes one unknown superior for the outside', async () => {
    const known = await read([['甲党支部', '集团党委', '党支部', '2020-08-01']], { orgOf: () => ({ kind: 'found', id: '7' }) })
    expect(known[0]!.values?.parent?.id).toBe('7')
    const outside = await read([['乙公司党委', '集团党委', '党委', '2020-08-01']])
    expect(outside[0]!.values?.parent).toBeNull()
    expect(problems(outside)).toEqual([expect.stringMatching(/^2B warning 上级组织“集团党委”不在文件里/)])
  })

  test('says what is wrong: doubles, circles, unknown superiors and kinds, impossible dates', async () => {
    const lines = await read([
      ['乙公司党委', '', '党委', '2015-07-01'],
      ['甲党支部', '丙党总支', '党支部', '2015-07-01'],
      ['丙党总支', '甲党支部', '党总支', '2015-07-01'],
      ['甲党支部', '乙公司党委', '党支部', '2015-07-01'],
      ['丁党支部', '没有的党委', '党支部', '2015-07-01'],
      ['戊党支部', '乙公司党委', '协会', '2015-13-01'],
      ['', '乙公司党委', '党支部', '2015-07-01'],
      ['己党支部', '乙公司', '党支部', '2015-07-01', '2024-03-15', '2023-03-15'],
    ])
    expect(problems(lines).filter((problem) => problem.includes('wrong'))).toEqual([
      expect.stringMatching(/^3B wrong 上级组织绕了一圈/),
      expect.stringMatching(/^4B wrong 上级组织绕了一圈/),
      '5A wrong 组织名称与第 3 行相同',
      '6B wrong 没有名为“没有的党委”的组织',
      expect.stringMatching(/^7D wrong .*不是日历上有的日期/),
      '7C wrong 不认识组织类别“协会”',
      '8A wrong 没有填组织名称',
      '9F wrong 应换届日期不晚于任命日期',
      '9B wrong 没有名为“乙公司”的组织，像是“乙公司党委”',
    ])
  })

  test('warns of a term beyond the rule, a name of another kind, a branch above a branch and a missing founding date', async () => {
    const lines = await read([
      ['乙公司党委', '', '党委', '2015-07-01', '2024-03-15', '2029-03-15'],
      ['甲党支部', '乙公司党委', '党总支', '', '2024-03-15', '2027-03-16'],
      ['丙党总支', '甲党支部', '党总支', '2015-07-01'],
      ['丁联合党支部', '乙公司党委', '联合党支部', '2015-07-01'],
      ['戊党支部', '乙公司党委', '', '2015-07-01'],
    ])
    expect(problems(lines)).toEqual([
      expect.stringMatching(/^3D warning 没有填建立日期/),
      expect.stringMatching(/^3C warning 组织类别“党总支”与名称/),
      '3F warning 任期超过 3 年',
      expect.stringMatching(/^4B warning 上级组织的级别不高/),
      expect.stringMatching(/^6A warning 没有填组织类别，按名称判断/),
    ])
    expect(lines[4]!.values?.kind).toBe('partyBranch')
    expect(lines[3]!.values?.kind).toBe('jointBranch')
  })

  test('without heads says what is missing', async () => {
    expect(
      await parseOrgs(
        await openSpreadsheet(
          csvBytes([
            ['组织名称', '组织类别'],
            ['甲', '党支部'],
          ]),
        ),
      ),
    ).toMatchObject({ missing: ['上级组织'] })
  })
})

describe('a written name of an organisation', () => {
  const match = orgMatcher([
    { id: '1', name: '示例矿业集团XX煤业公司委员会' },
    { id: '2', name: '机电队党支部' },
    { id: '3', name: '综采一队党支部', shortName: '综采一' },
    { id: '4', name: '机关党总支' },
    { id: '5', name: '机关第一党支部' },
    { id: '6', name: '机关第二党支部' },
    { id: '7', name: '第一项目党支部' },
    { id: '8', name: '第二项目党支部' },
  ])

  test.each([
    ['机电队党支部', '2'],
    [' 机电队 党支部 ', '2'],
    ['中共机电队党支部', '2'],
    ['综采一', '3'],
  ])('“%s” is found', (name, id) => expect(match(name)).toEqual({ kind: 'found', id }))

  test.each([
    ['机电队', ['2']],
    ['机电队支部', ['2']],
    ['机电队支部委员会', ['2']],
    ['示例矿业集团XX煤业公司机电队党支部', ['2']],
    ['综采1队', ['3']],
    ['机关', ['4']],
    ['机关总支', ['4']],
    ['机关一支部', ['5']],
    ['机关第2党支部', ['6']],
    ['项目党支部', ['7', '8']],
    ['XX煤业公司党委', ['1']],
  ])('“%s” is only proposed', (name, ids) => {
    expect(match(name)).toMatchObject({ kind: 'proposed', proposals: ids.map((id) => ({ id })) })
  })

  test.each(['不存在的党支部', '队', '支部', '', '机电队党总支', '机电'])('“%s” is nothing we know', (name) => {
    expect(match(name)).toEqual({ kind: 'none' })
  })

  test('a name that two organisations bear proposes both', () => {
    const twins = orgMatcher([
      { id: '1', name: '一车间党支部' },
      { id: '2', name: '一车间党支部' },
    ])
    expect(twins('一车间党支部')).toMatchObject({ kind: 'proposed', proposals: [{ id: '1' }, { id: '2' }] })
  })
})
