import { sql } from 'kysely'
import { dateAt } from '#kernel/civilDate.ts'
import { XLSX } from '#kernel/importing.ts'
import { type Ctx, download } from '#kernel/operation.ts'
import { headNow } from '#ledger/reading.ts'
import { type OrgCard, orgSeen } from '#modules/organisation/published.ts'
import { type SheetColumn, writeXlsx } from '#runtime/sheets/write.ts'
import { type Precision, STANDINGS, type Standing } from '../contract.ts'
import { letLeave } from '../handingOut.ts'
import { lifeText } from '../life.ts'
import { hits, RosterFilter } from './roster.ts'

const COLUMNS: SheetColumn[] = [
  { title: '姓名', width: 12 },
  { title: '工号', width: 12 },
  { title: '性别', width: 6 },
  { title: '民族', width: 10 },
  { title: '出生日期', width: 12 },
  { title: '学历', width: 12 },
  { title: '人员类别', width: 12 },
  { title: '入党日期', width: 12 },
  { title: '转正日期', width: 12 },
  { title: '所在党支部', width: 28 },
  { title: '党小组', width: 16 },
  { title: '编入名册日期', width: 14 },
  { title: '工作岗位', width: 20 },
]

/**
 * Identity numbers, telephones and addresses are not in it: whoever needs one has it shown, with a reason. More than fifty persons a
 * day leave only when another person has agreed.
 */
export const rosterExport = download('members.rosterExport', {
  title: '导出党员名册',
  input: RosterFilter,
  load: async (ctx, { orgId }) => (orgId ? orgSeen(ctx, orgId, 'members.read') : null),
  may: (actor, org) => (org ? actor.holds('members.read', org.path) : actor.holdsAnywhere('members.read')),
  run: async (ctx, filter, org) => {
    const day = filter.on ?? dateAt(ctx.now)
    const agreement = await letLeave(ctx, filter, org)
    const height = (await headNow(ctx.db))?.size ?? 0
    const body = writeXlsx([
      {
        name: '党员名册',
        title: `${org?.name ?? ''}党员名册（${day}）`,
        columns: COLUMNS,
        rows: rowsOf(ctx, filter, org),
        footer: [
          `口径：${day} 在册；标“推定”的编入日期由入党日期和支部成立日期推出`,
          `导出：${ctx.actor.name} ${dateAt(ctx.now)}，账本高度 ${height}`,
          ...(agreement ? [`同意导出：${agreement.by ?? '另一人'}，编号 ${agreement.id}`] : []),
          '内部资料，只用于提出时写明的用途，不得转发',
        ],
      },
    ])
    return { fileName: `党员名册-${day}.xlsx`, type: XLSX, body }
  },
})

interface Line {
  id: string
  name: string
  staff_no: string
  org_name: string
  standing: Standing
  since: string
  inferred: boolean
  sex: 'male' | 'female' | null
  nation: string | null
  education: string | null
  job: string | null
  party_group: string | null
  birth_from: string | null
  birth_precision: Precision | null
  joined_from: string | null
  joined_precision: Precision | null
  converted_from: string | null
  converted_precision: Precision | null
}

async function* rowsOf(ctx: Ctx, filter: RosterFilter, org: OrgCard | null): AsyncGenerator<(string | null)[]> {
  const page = 1000
  for (let after: string | null = null; ; ) {
    const { rows }: { rows: Line[] } = await sql<Line>`select h.*, f.sex, f.nation, f.education, f.job, f.party_group, f.birth_from,
        f.birth_precision, f.joined_from, f.joined_precision, f.converted_from, f.converted_precision
      from (${hits(ctx, filter, org)}) h left join members.profile f on f.person_id = h.person_id
      where ${after === null ? sql`true` : sql`h.id > ${after}::uuid`} order by h.id limit ${page}`.execute(ctx.db)
    yield* rows.map(lineOf)
    if (rows.length < page) return
    after = rows.at(-1)!.id
  }
}

const lineOf = (row: Line) => [
  row.name,
  row.staff_no || null,
  row.sex && { male: '男', female: '女' }[row.sex],
  row.nation,
  life(row.birth_from, row.birth_precision),
  row.education,
  STANDINGS[row.standing],
  life(row.joined_from, row.joined_precision),
  life(row.converted_from, row.converted_precision),
  row.org_name,
  row.party_group,
  row.inferred ? `${row.since}（推定）` : row.since,
  row.job,
]

const life = (from: string | null, precision: Precision | null) => (from && precision ? lifeText({ from, precision }) : null)
