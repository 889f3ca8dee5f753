import { describe, expect, test } from 'vitest'
import { isWrong } from '#runtime/sheets/issue.ts'
import { openSpreadsheet, openSpreadsheetFile } from '#runtime/sheets/read.ts'
import { csvBytes, gather, handmadeXlsx } from '#testing/handmadeSheets.ts'
import { isMeetingLedger, type MeetingOptions, parseMeetings } from './parseMeetings.ts'
import { readMoment } from './readMoment.ts'
import { readAbsent, readItems, readKinds, readResolutions, readVotes } from './readTexts.ts'

const linesOf = async (bytes: Buffer, options: MeetingOptions = {}) => {
  const ledger = await parseMeetings(await openSpreadsheet(bytes), { today: '2026-11-22', ...options })
  if (!isMeetingLedger(ledger)) throw new Error(ledger.problem)
  return gather(ledger.lines())
}
const problems = (lines: Awaited<ReturnType<typeof linesOf>>) =>
  lines.flatMap(({ issues }) => issues.map(({ row, column, level, problem }) => `${row}${column} ${level} ${problem}`))

describe('the year’s ledger', () => {
  const ledger = async () => {
    const found = await parseMeetings(await openSpreadsheetFile('src/testing/inputs/三会一课台账2025.xlsx'))
    if (!isMeetingLedger(found)) throw new Error(found.problem)
    return gather(found.lines())
  }

  test('gives 144 meetings, all importable, each with its day, kinds, figures and people', async () => {
    const lines = await ledger()
    expect(lines).toHaveLength(144)
    expect(lines.filter(isWrong)).toEqual([])
    for (const { values } of lines) {
      expect(values).toMatchObject({
        date: expect.stringMatching(/^2025-/),
        chair: expect.any(String),
        recorder: expect.any(String),
        place: expect.any(String),
      })
      expect(values!.kinds.length).toBeGreaterThan(0)
      expect(values!.expected! - values!.present!).toBe(values!.absent.length)
      expect(values!.absent.every(({ reason }) => reason !== null && reason !== 'other')).toBe(true)
    }
  })

  test('warns once: the chair who stands among the absent', async () => {
    expect(problems(await ledger())).toEqual(['117F warning 主持人同时在缺席名单里'])
  })

  test('holds exactly the meetings that are known to be missing', async () => {
    const count = new Map<string, number>()
    for (const { values } of await ledger()) {
      for (const kind of values!.kinds) {
        const key = `${values!.org.text} ${kind}`
        count.set(key, (count.get(key) ?? 0) + 1)
      }
    }
    const branches = ['机电队党支部', '综采一队党支部', '运输队党支部', '机关第一党支部', '机关第二党支部']
    const kinds = ['memberAssembly', 'branchCommittee', 'themePartyDay', 'partyLecture', 'orgLifeMeeting', 'democraticAppraisal']
    expect(branches.map((branch) => kinds.map((kind) => count.get(`${branch} ${kind}`) ?? 0))).toEqual([
      [3, 12, 12, 4, 1, 1],
      [4, 12, 10, 4, 1, 1],
      [4, 0, 12, 4, 1, 1],
      [4, 12, 12, 4, 1, 1],
      [4, 12, 12, 3, 1, 1],
    ])
  })

  test('reads all forms of time, several kinds at once, absences and resolutions', async () => {
    const rows = new Map((await ledger()).map(({ row, values }) => [row, values!]))
    expect(rows.get(3)).toMatchObject({ date: '2025-02-18', start: '15:00', end: null, expected: 23, present: 22 })
    expect(rows.get(7)).toMatchObject({ date: '2025-01-20', start: '15:00', end: '16:30' })
    expect(rows.get(9)).toMatchObject({ date: '2025-02-20', start: null, end: null })
    expect(rows.get(13)).toMatchObject({ date: '2025-04-20', start: '15:00' })
    expect(rows.get(31)?.kinds).toEqual(['partyLecture', 'themePartyDay'])
    expect(rows.get(35)?.absent).toEqual([
      { name: '华某27', reason: 'onDuty', text: '井下值班' },
      { name: '尤某50', reason: 'businessTrip', text: '因公出差' },
    ])
    expect(rows.get(6)?.resolutions).toEqual([{ text: '安排本月工作', owner: '组织委员', due: '本月底' }])
    expect(rows.get(3)?.resolutions).toEqual([])
  })
})

describe('a ledger of another make', () => {
  test('with day and hours in columns of their own, lecturer, votes and observers', async () => {
    const table = [
      [
        '召开日期',
        '开始时间',
        '结束时间',
        '支部名称',
        '会议类型',
        '应到人数',
        '实到人数',
        '主持',
        '记录',
        '主讲人',
        '表决情况',
        '列席人员',
      ],
      [
        '2025/3/5',
        '9:00',
        '10:30',
        '甲支部',
        '党员大会、党课',
        '10人',
        '9',
        '王某某',
        '李某某',
        '张某某',
        '同意8票，反对0票，弃权1票',
        '赵某某、孙某某',
      ],
    ]
    const [line] = await linesOf(csvBytes(table, { encoding: 'gb18030' }))
    expect(line).toMatchObject({
      issues: [],
      values: {
        date: '2025-03-05',
        start: '09:00',
        end: '10:30',
        kinds: ['memberAssembly', 'partyLecture'],
        expected: 10,
        present: 9,
        lecturer: '张某某',
        votes: { inFavour: 8, against: 0, abstained: 1 },
        observers: ['赵某某', '孙某某'],
      },
    })
  })

  test('hours stored as parts of a day are hours', async () => {
    const text = (reference: string, value: string) => `<c r="${reference}" t="inlineStr"><is><t>${value}</t></is></c>`
    const heads = ['党支部', '会议类别', '日期', '时间'].map((head, index) => text(`${'ABCD'[index]}1`, head)).join('')
    const meeting = `${text('A2', '甲支部')}${text('B2', '支委会')}${text('C2', '2025-03-05')}<c r="D2"><v>0.604166666666667</v></c>`
    const rows = `<row r="1">${heads}</row><row r="2">${meeting}</row>`
    const [line] = await linesOf(await handmadeXlsx({ rows }))
    expect(line!.values).toMatchObject({ date: '2025-03-05', start: '14:30' })
  })

  test('without a column for the day it is refused with its heads', async () => {
    const found = await parseMeetings(
      await openSpreadsheet(
        csvBytes([
          ['党支部', '会议类别'],
          ['甲支部', '党课'],
        ]),
      ),
    )
    expect(found).toMatchObject({ missing: ['时间'], found: ['党支部', '会议类别'] })
  })
})

describe('what disagrees is a warning, what nobody can place is wrong', () => {
  const heads = ['党支部', '会议类别', '时间', '主持人', '记录人', '应到', '实到', '缺席人员及原因', '表决情况', '会议议题']
  const one = async (change: Record<string, string>, options: MeetingOptions = {}) => {
    const usual: Record<string, string> = {
      党支部: '甲支部',
      会议类别: '支委会',
      时间: '2025-03-05',
      主持人: '王某某',
      记录人: '李某某',
      应到: '3',
      实到: '3',
    }
    return problems(await linesOf(csvBytes([heads, heads.map((head) => ({ ...usual, ...change })[head] ?? '')]), options))
  }

  test('warnings', async () => {
    expect(await one({})).toEqual([])
    expect(await one({ 实到: '4' })).toEqual(['2G warning 实到 4 人多于应到 3 人'])
    expect(await one({ 实到: '1', 缺席人员及原因: '张某某(病假)' })).toEqual(['2H warning 应到 3 人、实到 1 人，缺席却写了 1 人'])
    expect(await one({ 实到: '2', 缺席人员及原因: '张某某' })).toEqual(['2H warning 有 1 人缺席没有写原因'])
    expect(await one({ 主持人: '', 应到: '三' })).toEqual(['2F warning 人数“三”不是数字，没有导入', '2D warning 没有填主持人'])
    expect(await one({ 表决情况: '通过' })).toEqual(['2I warning 看不出票数，按原文保存'])
    expect(await one({ 表决情况: '同意4票' })).toEqual(['2I warning 票数之和多于实到 3 人'])
    expect(await one({ 会议类别: '支委会、读书会' })).toEqual(['2B warning 不认识会议类别“读书会”，只导入认识的类别'])
  })

  test('wrong', async () => {
    expect(await one({ 时间: '2025年3月' })).toEqual(['2C wrong “2025年3月”没有写到日'])
    expect(await one({ 时间: '' })).toEqual(['2C wrong 没有填会议时间'])
    expect(await one({ 时间: '2027-01-01' })).toEqual(['2C wrong 会议日期在今天以后'])
    expect(await one({ 会议类别: '读书会' })).toEqual(['2B wrong 不认识会议类别“读书会”'])
    expect(await one({ 党支部: '' })).toEqual(['2A wrong 没有填党支部'])
    expect(await one({}, { orgOf: () => ({ kind: 'none' }) })).toEqual(['2A wrong 没有名为“甲支部”的党组织'])
    expect(await one({}, { orgOf: () => ({ kind: 'proposed', proposals: [{ id: '1', name: '甲党支部' }] }) })).toEqual([
      '2A wrong 支部写成了“甲支部”，像是“甲党支部”，还没有确认',
    ])
  })

  test('the same meeting twice in one file is wrong the second time; two topics are two meetings', async () => {
    const row = (topic: string) => ['甲支部', '支委会', '2025-03-05', '王某某', '李某某', '3', '3', '', '', topic]
    const lines = await linesOf(csvBytes([heads, row('一'), row('一'), row('二')]))
    expect(problems(lines)).toEqual(['3A wrong 与第 2 行是同一次会议'])
  })
})

describe('texts of ledgers', () => {
  test.each([
    ['2025-02-18 15:00', '2025-02-18', '15:00', null],
    ['2025年1月20日 15:00-16:30', '2025-01-20', '15:00', '16:30'],
    ['2025年1月20日15：00—16：30', '2025-01-20', '15:00', '16:30'],
    ['2025.2.20', '2025-02-20', null, null],
    ['2025年1月20日(星期一)下午3点半至5点', '2025-01-20', '15:30', '17:00'],
    ['2025/1/20 上午9时15分', '2025-01-20', '09:15', null],
    ['45767.625', '2025-04-20', null, null],
  ])('the moment %s', (text, date, start, end) => expect(readMoment(text)).toEqual({ date, start, end }))

  test('kinds under their many names', () => {
    expect(readKinds('支部党员大会')).toEqual({ kinds: ['memberAssembly'], unknown: [] })
    expect(readKinds('党课，主题党日').kinds).toEqual(['partyLecture', 'themePartyDay'])
    expect(readKinds('组织生活会暨民主评议党员').kinds).toEqual(['orgLifeMeeting', 'democraticAppraisal'])
    expect(readKinds('支部委员会').kinds).toEqual(['branchCommittee'])
    expect(readKinds('党小组会').kinds).toEqual(['groupMeeting'])
    expect(readKinds('党总支委员会').kinds).toEqual(['committeeMeeting'])
  })

  test('absences with the reason behind or in front, and none at all', () => {
    expect(readAbsent('杨某15（病假、住院）、尤某50(因公出差)').map(({ name, reason }) => [name, reason])).toEqual([
      ['杨某15', 'sickLeave'],
      ['尤某50', 'businessTrip'],
    ])
    expect(readAbsent('病假：杨某某、尤某某；无故缺席：赵某某').map(({ name, reason }) => [name, reason])).toEqual([
      ['杨某某', 'sickLeave'],
      ['尤某某', 'sickLeave'],
      ['赵某某', 'none'],
    ])
    for (const nobody of ['', '无', '/', '全部到会']) expect(readAbsent(nobody)).toEqual([])
  })

  test('numbered items, resolutions and votes', () => {
    expect(readItems('1.学习文件；2.讨论计划\n（三）其他，用时1.5小时')).toEqual(['学习文件；', '讨论计划', '其他，用时1.5小时'])
    expect(readResolutions('1.购书,责任人:王某某,完成时限:3月底。2.整改')).toEqual([
      { text: '购书', owner: '王某某', due: '3月底' },
      { text: '整改', owner: null, due: null },
    ])
    expect(readVotes('20票同意,1票反对,2人弃权', 23)).toEqual({ inFavour: 20, against: 1, abstained: 2 })
    expect(readVotes('全票通过', 23)).toEqual({ inFavour: 23, against: 0, abstained: 0 })
    expect(readVotes('不同意1票，同意20票', 23)).toEqual({ inFavour: 20, against: 1, abstained: 0 })
    expect(readVotes('通过', 23)).toBeNull()
  })
})
