import { describe, expect, test } from 'vitest'
import type { RosterOptions } from './parseRoster.ts'
import { fromCsv, idOf, problems } from './testing.ts'

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

  test('a short branch name is proposed and keeps the row out until somebody confirms it', async () => {
    const answer = (names: string[]) => () => ({ kind: 'proposed' as const, proposals: names.map((name) => ({ id: name, name })) })
    const single = await one({ 支部: '甲' }, { branchOf: answer(['甲支部']) })
    expect(single).toMatchObject({
      values: { branch: { id: null } },
      problems: [expect.stringMatching(/^2B wrong .*像是“甲支部”，还没有确认/)],
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
