import { afterAll, beforeAll, expect, test } from 'vitest'
import { makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

let w: World
let committee: string
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-20T02:00:00Z') })
  committee = await makeOrg(w, { kind: 'partyCommittee', name: '一矿党委' })
  await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '综采党支部' })
})
afterAll(() => w.close())

const csv = (...lines: string[]) => ({ name: '表.csv', data: Buffer.from(`${lines.join('\r\n')}\r\n`) })
const countOf = async (query: string) => Number((await w.pool.query(query)).rows[0].count)

const cases = [
  {
    operation: 'members.importRoster',
    file: csv(
      '姓名,所在党支部,人员类别,加入党组织日期',
      ...Array.from({ length: 40 }, (_, i) => `王某${i},综采党支部,正式党员,2010-07-01`),
    ),
    counted: 'select count(*) from organisation.person',
    added: 40,
  },
  {
    operation: 'organisation.importOrgs',
    file: csv('组织名称,上级组织,组织类别,成立日期', ...Array.from({ length: 20 }, (_, i) => `新${i}党支部,一矿党委,党支部,2020-01-01`)),
    counted: 'select count(*) from organisation.org',
    added: 20,
  },
  {
    operation: 'meetings.importLedger',
    file: csv(
      '党支部,会议类别,会议日期,会议主题,应到人数,实到人数',
      ...Array.from({ length: 9 }, (_, i) => `综采党支部,党员大会,2025-0${i + 1}-10,第${i}次,40,40`),
    ),
    counted: 'select count(*) from meetings.meeting',
    added: 9,
  },
] as const

test.each(cases)(
  '$operation of one file by several at the same moment brings everything once',
  async ({ operation, file, counted, added }) => {
    const before = await countOf(counted)
    const all = await Promise.all([1, 2, 3, 4].map(() => w.call(OWNER, operation as 'members.importRoster', { dryRun: false }, { file })))
    for (const { status, body } of all) expect([200, 409, 503], JSON.stringify(body)).toContain(status)
    expect([(await countOf(counted)) - before, w.bugs]).toEqual([added, []])
  },
)
