import { z } from 'zod'
import { MEETING_KINDS } from '#modules/meetings/contract.ts'

/** What goes into single cells; nothing else can be chosen. `needs` is the capability with which the record is read. */
export const SOURCES: Record<string, { title: string; group: string; needs: string }> = {
  'period.name': { title: '时间段（如 2026 年第三季度）', group: '表头', needs: 'forms.read' },
  'filled.on': { title: '填表日期', group: '表头', needs: 'forms.read' },
  'filled.by': { title: '填表人', group: '表头', needs: 'forms.read' },
  'org.name': { title: '党组织名称', group: '党组织', needs: 'organisation.read' },
  'org.above': { title: '上级党组织名称', group: '党组织', needs: 'organisation.read' },
  'org.secretary': { title: '书记姓名', group: '党组织', needs: 'organisation.read' },
  'org.founded': { title: '成立日期', group: '党组织', needs: 'organisation.read' },
  'org.branches': { title: '支部个数（含下级）', group: '党组织', needs: 'organisation.read' },
  'people.members': { title: '党员人数', group: '人数（期末）', needs: 'members.read' },
  'people.full': { title: '正式党员人数', group: '人数（期末）', needs: 'members.read' },
  'people.probationary': { title: '预备党员人数', group: '人数（期末）', needs: 'members.read' },
  'people.women': { title: '女党员人数', group: '人数（期末）', needs: 'members.read' },
  'people.minority': { title: '少数民族党员人数', group: '人数（期末）', needs: 'members.read' },
  'people.under35': { title: '35 岁及以下党员人数', group: '人数（期末）', needs: 'members.read' },
  'people.activists': { title: '入党积极分子人数（含发展对象）', group: '人数（期末）', needs: 'members.read' },
  'people.applicants': { title: '入党申请人人数', group: '人数（期末）', needs: 'members.read' },
  ...Object.fromEntries(
    Object.entries(MEETING_KINDS).map(([kind, title]) => [
      `meetings.${kind}`,
      { title: `${title}次数`, group: '会议（期内）', needs: 'meetings.read' },
    ]),
  ),
  'meetings.all': { title: '会议总次数', group: '会议（期内）', needs: 'meetings.read' },
  'meetings.expected': { title: '会议应到人次', group: '会议（期内）', needs: 'meetings.read' },
  'meetings.present': { title: '会议实到人次', group: '会议（期内）', needs: 'meetings.read' },
  'dues.owed': { title: '党费应交（元）', group: '党费（期内各月）', needs: 'dues.oversee' },
  'dues.paid': { title: '党费已交（元）', group: '党费（期内各月）', needs: 'dues.oversee' },
}

const PERSON = {
  no: '序号',
  name: '姓名',
  sex: '性别',
  nation: '民族',
  birth: '出生日期',
  education: '学历',
  standing: '人员类别',
  joined: '入党日期',
  converted: '转正日期',
  job: '工作岗位',
  group: '党小组',
  orgName: '所在党支部',
} as const

/** What goes into rows, one record a line. */
export const LISTS = {
  roster: { title: '党员名册，每人一行', needs: 'members.read', fields: PERSON },
  meetings: {
    title: '会议，每次一行',
    needs: 'meetings.readCommittee',
    fields: {
      no: '序号',
      date: '日期',
      kind: '会议类别',
      title: '会议名称',
      place: '地点',
      expected: '应到',
      present: '实到',
      orgName: '党支部',
    },
  },
  orgs: {
    title: '下级党支部，每个一行',
    needs: 'members.read',
    fields: {
      no: '序号', orgName: '党支部', secretary: '书记', members: '党员人数', full: '正式党员', probationary: '预备党员',
      memberAssembly: '党员大会次数', branchCommittee: '支委会次数', groupMeeting: '党小组会次数', partyLecture: '党课次数',
      themePartyDay: '主题党日次数', meetings: '会议总次数',
    }, // biome-ignore format: one list of names
  },
} as const
export type ListKey = keyof typeof LISTS
export const ListKey = z.enum(Object.keys(LISTS) as [ListKey, ...ListKey[]])

const Ref = z.string().regex(/^[A-Z]{1,3}[1-9]\d{0,3}$/, '不是表格里的位置')
const Column = z.string().regex(/^[A-Z]{1,3}$/)

/** What stands beside and above a place, by which it is found again in a new blank. */
const Anchor = z.strictObject({ left: z.string().max(200), above: z.string().max(200) })

export const CellSpot = z.strictObject({
  sheet: z.string().max(100),
  ref: Ref,
  /** One of `SOURCES`, or `statistics:sheet|row|column`. */
  source: z.string().max(80),
  anchor: Anchor.optional(),
})
export type CellSpot = z.output<typeof CellSpot>

export const ListSpot = z.strictObject({
  sheet: z.string().max(100),
  list: ListKey,
  /** The first and last line that may be filled. */
  from: z.int().min(1).max(600),
  to: z.int().min(1).max(600),
  columns: z
    .array(z.strictObject({ column: Column, field: z.string().max(30), anchor: Anchor.optional() }))
    .min(1)
    .max(40),
})
export type ListSpot = z.output<typeof ListSpot>

export const Spots = z.strictObject({ cells: z.array(CellSpot).max(500), lists: z.array(ListSpot).max(12) })
export type Spots = z.output<typeof Spots>

export const Layout = z.array(
  z.object({
    name: z.string(),
    rows: z.int(),
    columns: z.int(),
    cells: z.array(z.object({ ref: z.string(), text: z.string(), formula: z.boolean() })),
    merges: z.array(z.string()),
  }),
)
export type Layout = z.output<typeof Layout>

export const Problem = z.object({
  sheet: z.string(),
  ref: z.string(),
  says: z.string(),
  /** Where the same words stand in the new blank. */
  movedTo: z.string().nullable(),
})
export type Problem = z.output<typeof Problem>

export const FormCard = z.object({
  id: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  name: z.string(),
  spots: z.int(),
  changedAt: z.string(),
  changedBy: z.string(),
})
export type FormCard = z.output<typeof FormCard>

/** `C5` as row and column, the column counted from 0. */
export function placeOf(ref: string): { row: number; column: number; letters: string } {
  const [, letters = 'A', row = '1'] = /^([A-Z]+)(\d+)$/.exec(ref) ?? []
  return { row: Number(row), column: columnOf(letters), letters }
}

export const columnOf = (letters: string): number => [...letters].reduce((n, letter) => n * 26 + letter.charCodeAt(0) - 64, 0) - 1

export const lettersOf = (column: number): string =>
  column < 26 ? String.fromCharCode(65 + column) : lettersOf(Math.floor(column / 26) - 1) + lettersOf(column % 26)

/** A merged area such as A1:C2. */
export function areaOf(merge: string): { top: number; bottom: number; left: number; right: number } {
  const [a, b] = merge.split(':').map((ref) => placeOf(ref)) as [ReturnType<typeof placeOf>, ReturnType<typeof placeOf>]
  return { top: a.row, bottom: b.row, left: a.column, right: b.column }
}
