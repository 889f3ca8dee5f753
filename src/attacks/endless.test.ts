import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let branch: string
beforeAll(async () => {
  w = await world()
  branch = await makeOrg(w, { kind: 'partyBranch', name: '综采党支部' })
  await makeMember(w, branch)
})
afterAll(() => w.close())

/** Cells as long as a spreadsheet can hold, of what makes patterns try again from every letter. */
const LONG = 32_000
const repeated = (text: string) => text.repeat(Math.ceil(LONG / text.length)).slice(0, LONG)
const ENDLESS = ['临时联合', '（', '，', '一、', '密级：', '1', ' ']

const FILES = {
  'organisation.importOrgs': ['组织名称', '上级组织', '组织类别', '成立日期', '组织简称', '组织代码'],
  'members.importRoster': [
    '姓名',
    '公民身份号码',
    '工号',
    '性别',
    '出生日期',
    '所在党支部',
    '人员类别',
    '加入党组织日期',
    '转为正式党员日期',
    '手机号码',
  ],
  'meetings.importLedger': [
    '序号',
    '党支部',
    '会议类别',
    '时间',
    '地点',
    '主持人',
    '记录人',
    '应到',
    '实到',
    '缺席人员及原因',
    '会议议题',
    '决议事项',
  ],
} as const

describe.each(Object.entries(FILES))('%s', (name, heads) => {
  const usual: Record<string, string> = {
    组织名称: '掘进党支部', 上级组织: '', 组织类别: '党支部', 成立日期: '2020-01-01', 姓名: '王某某', 性别: '男', 出生日期: '1980-01-01', 所在党支部: '综采党支部',
    人员类别: '正式党员', 加入党组织日期: '2010-07-01', 党支部: '综采党支部', 会议类别: '党员大会', 时间: '2025-03-05', 主持人: '王某', 应到: '1', 实到: '1', 会议议题: '学习',
  } // biome-ignore format: a row
  test.each(ENDLESS)('a file with cells of nothing but %j is answered soon', async (text) => {
    const rows = heads.map((_, spoiled) => heads.map((head, i) => (i === spoiled ? `"${repeated(text)}"` : (usual[head] ?? ''))).join(','))
    const file = { name: '表.csv', data: Buffer.from(`${[heads.join(','), ...rows].join('\r\n')}\r\n`) }
    const started = performance.now()
    const { status } = await w.call(OWNER, name as 'members.importRoster', { dryRun: true }, { file })
    expect(performance.now() - started, 'milliseconds').toBeLessThan(4000)
    expect([status < 500, w.bugs.splice(0).map(String)]).toEqual([true, []])
  })
})
