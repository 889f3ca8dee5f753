import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict } from '#kernel/errors.ts'
import { XLSX } from '#kernel/importing.ts'
import { type Ctx, download } from '#kernel/operation.ts'
import { Format, printed } from '#kernel/printing.ts'
import { headCode } from '#ledger/headCode.ts'
import { headNow } from '#ledger/reading.ts'
import { orgSeen, postsOn } from '#modules/organisation/published.ts'
import { writeXlsx } from '#runtime/sheets/write.ts'
import { kindOf, RETENTIONS, STATES } from '../contract.ts'
import { replyPaper, requestPaper } from '../documents/letters.ts'
import { columns, requestsPlaced, type Seen, seen, visible } from '../find.ts'

const Asked = z.object({ id: z.uuid(), format: Format })

export const letter = download('requests.letter', {
  title: '下载请示（Word、PDF）',
  input: Asked,
  load: seen,
  may: (actor, r) => actor.holds('requests.read', r.path),
  run: async (ctx, { format }, r) => {
    const secretary = (await postsOn(ctx.db, r.org_id, r.sent_on)).find(({ role }) => role === 'partySecretary')
    return printed(requestPaper(r, secretary?.name ?? '　　　', await ledgerLine(ctx)), r.title, format)
  },
})

export const reply = download('requests.reply', {
  title: '下载批复（Word、PDF）',
  input: Asked,
  load: seen,
  may: (actor, r) => actor.holds('requests.read', r.path),
  run: async (ctx, { format }, r) => {
    if (r.state !== 'agreed' && r.state !== 'refused') throw conflict('not-answered', '这份请示还没有批复')
    return printed(replyPaper(r, await ledgerLine(ctx)), `${r.title}（批复）`, format)
  },
})

export const exportRegister = download('requests.exportRegister', {
  title: '下载收发文登记（Excel）',
  input: z.object({ orgId: z.uuid(), year: z.int().min(1949).max(2100), side: z.enum(['out', 'in']) }),
  snapshot: true,
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'requests.read'),
  may: (actor, org) => actor.holds('requests.read', org.path),
  run: async (ctx, { orgId, year, side }, org) => {
    const [whose, day, number] =
      side === 'out' ? (['r.org_id', 'r.sent_on', 'r.out_no'] as const) : (['r.to_org_id', 'r.registered_on', 'r.in_no'] as const)
    const { rows } = await sql<Seen>`select ${columns} from ${requestsPlaced}
      where ${sql.ref(whose)} = ${orgId} and ${sql.ref(day)} >= ${`${year}-01-01`}::date and ${sql.ref(day)} <= ${`${year}-12-31`}::date
        and ${visible(ctx.actor)} order by ${sql.ref(number)}, r.id`.execute(ctx.db)
    const name = side === 'out' ? '发文' : '收文'
    const title = `${org.name} ${year} 年${name}登记`
    const sheet = {
      name: `${name}登记`,
      title,
      columns: HEADS.map(([head, width]) => ({ title: head, width, ...(head === '序号' ? { kind: 'number' as const } : {}) })),
      rows: rows.map((r) => lineOf(r, side)),
      footer: [
        `口径：${year} 年经本系统${side === 'out' ? '报送' : '登记收到'}的请示、报告和函，共 ${rows.length} 件。导出日期 ${dateAt(ctx.now)}。`,
        await ledgerLine(ctx),
      ],
    }
    return { fileName: `${title}.xlsx`, type: XLSX, body: writeXlsx([sheet]) }
  },
})

const HEADS: [string, number][] = [
  ['序号', 6],
  ['日期', 12],
  ['来（发）文单位', 24],
  ['主送（主办）单位', 24],
  ['文号', 20],
  ['标题', 44],
  ['类别', 16],
  ['办理情况', 14],
  ['批复文号', 20],
  ['批复日期', 12],
  ['保管期限', 10],
]

const lineOf = (r: Seen, side: 'out' | 'in') => [
  (side === 'out' ? r.out_no : r.in_no) ?? 0,
  (side === 'out' ? r.sent_on : r.registered_on) ?? '',
  r.org_name,
  r.to_name,
  r.letter_no ?? '',
  r.title,
  kindOf(r.kind).title,
  STATES[r.state],
  r.doc_no ?? '',
  r.answered_on ?? '',
  RETENTIONS[r.retention],
]

async function ledgerLine({ db }: Pick<Ctx, 'db'>): Promise<string> {
  const head = await headNow(db)
  return head ? `账本高度 ${head.size}，头码 ${headCode(head)}。` : '账本还没有签出的头码。'
}
