import type { OrgKind } from '#modules/organisation/contract.ts'

export interface DemoOrg {
  key: string
  name: string
  kind: OrgKind
  parent: string | null
  foundedOn: string
}

export interface DemoBranch extends DemoOrg {
  full: number
  probationary: number
  /** The day of the month of its 主题党日. */
  themeDay: number
  /** Holds its 党课 within the 主题党日. */
  lectureWithin: boolean
}

export const COMMITTEE: DemoOrg = {
  key: '党委',
  name: '中共示例矿业集团一矿有限责任公司委员会',
  kind: 'partyCommittee',
  parent: null,
  foundedOn: '1998-05-10',
}

const general: [string, [string, number][]][] = [
  ['采煤', [['综采一队', 23], ['综采二队', 24], ['综采三队', 22], ['综采准备队', 21]]],
  ['掘进', [['掘进一队', 21], ['掘进二队', 22], ['掘进三队', 23], ['开拓队', 20]]],
  ['机电', [['机电队', 23], ['机修车间', 21], ['供电队', 20], ['监测监控队', 18]]],
  ['运输', [['运输队', 24], ['皮带队', 22], ['铁运队', 21], ['绞车队', 19]]],
  ['通风', [['通风队', 23], ['抽放队', 20], ['防突队', 20], ['防尘队', 18]]],
  ['洗选', [['选煤生产', 24], ['选煤机电', 22], ['煤质科', 19], ['装运队', 21]]],
  ['机关', [['机关第一', 25], ['机关第二', 24], ['机关第三', 23]]],
] // biome-ignore format: a table

const direct: [string, number, OrgKind?][] = [
  ['调度室', 24],
  ['安监处', 26],
  ['地质测量', 22],
  ['物资供应', 28],
  ['后勤服务', 32],
  ['职工医院', 6],
  ['培训中心', 6],
  ['保卫', 27],
  ['离退休第一', 44],
  ['离退休第二', 45],
  ['井下泵站项目', 14, 'provisionalBranch'],
  ['多种经营', 18, 'jointBranch'],
  ['救护队', 6],
]

/** Founded by its own story, not with the rest. */
export const FOUNDED_BY_STORY = '防突队'
/** The branches whose members a story completes. */
export const SMALL = ['职工医院', '培训中心', '救护队']

const suffix: Partial<Record<OrgKind, string>> = { provisionalBranch: '临时党支部', jointBranch: '联合党支部' }

/** The seven 总支. */
export const GENERAL_BRANCHES: DemoOrg[] = general.map(([name]) => ({
  key: `${name}总支`,
  name: `${name}党总支`,
  kind: 'generalBranch',
  parent: COMMITTEE.key,
  foundedOn: '2012-06-20',
}))

/** The forty branches: twenty-seven under 总支, thirteen directly under the committee. */
export const BRANCHES: DemoBranch[] = [
  ...general.flatMap(([parent, of]) => of.map(([name, full]) => ({ name, full, parent: `${parent}总支`, kind: 'partyBranch' as OrgKind }))),
  ...direct.map(([name, full, kind = 'partyBranch']) => ({ name, full, parent: COMMITTEE.key, kind: kind as OrgKind })),
].map(({ name, full, parent, kind }, i) => ({
  key: name,
  name: `${name}${suffix[kind] ?? '党支部'}`,
  kind,
  parent,
  foundedOn: kind === 'provisionalBranch' ? '2024-11-15' : '2012-07-01',
  full,
  probationary: SMALL.includes(name) ? 0 : 1,
  themeDay: 9 + (i % 8),
  lectureWithin: i % 3 === 1,
}))

/** The day on which the story stands; never the clock's. */
export const TODAY = '2026-09-18'
/** The day on which the unit began to use the system; what came before was imported from paper. */
export const BEGAN = '2026-01-02'
