import { sql } from 'kysely'
import { z } from 'zod'
import type { AboutSource } from '#kernel/about.ts'
import { dateAt } from '#kernel/civilDate.ts'
import { anyone, type Ctx, download, query } from '#kernel/operation.ts'
import { afterCursor, cut, type OrderBy, orderOf, Paged, pageOf } from '#kernel/paging.ts'
import { xlsxBuffer } from '#runtime/sheets/write.ts'
import { FIELDS } from '../contract.ts'

const Part = z.object({ title: z.string(), why: z.string(), lines: z.array(z.object({ label: z.string(), value: z.string() })) })
type Part = z.output<typeof Part>

/** The operations about one's own data, over what every module says it holds. */
export const mineOf = (sources: readonly AboutSource[]) => {
  const partsOf = (ctx: Ctx): Promise<Part[]> =>
    Promise.all(
      sources.map(async ({ title, why, lines }) => ({
        title,
        why,
        lines: ctx.actor.personId === null ? [] : await lines(ctx, ctx.actor.personId),
      })),
    )
  return [
    query('privacy.mine', {
      title: '系统知道我什么',
      input: z.object({}),
      output: z.object({ parts: z.array(Part) }),
      may: anyone,
      run: async (ctx) => ({ parts: await partsOf(ctx) }),
    }),
    download('privacy.download', {
      title: '下载系统里关于我的全部内容',
      input: z.object({}),
      may: anyone,
      run: async (ctx) => {
        const parts = await partsOf(ctx)
        const rows = parts.flatMap(({ title, why, lines }) => lines.map(({ label, value }) => [title, label, value, why]))
        const heads = ['哪一类', '项目或日期', '内容', '为什么存']
        const body = await xlsxBuffer([
          {
            name: '关于我',
            title: `系统里关于${ctx.actor.name}的内容，${dateAt(ctx.now)} 导出`,
            columns: heads.map((title, i) => ({ title, width: [16, 24, 60, 40][i]! })),
            rows,
          },
        ])
        const type = 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet'
        return { fileName: `关于我-${dateAt(ctx.now)}.xlsx`, type, body }
      },
    }),
  ] as const
}

const ORDER: OrderBy[] = [
  { by: sql`v.at`, desc: true },
  { by: sql`v.id`, desc: true },
]

export const viewers = query('privacy.viewers', {
  title: '谁看过我的证件号、电话、住址，谁导出过我',
  input: Paged,
  output: pageOf(z.object({ id: z.string(), at: z.string(), who: z.string(), what: z.string(), reason: z.string() })),
  may: anyone,
  run: async (ctx, { after, limit }) => {
    const me = ctx.actor.personId
    const { rows } = await sql<{ id: string; at: Date; who: string | null; field: keyof typeof FIELDS | null; reason: string }>`select v.*
      from (select r.id, r.at, coalesce(p.name, '控制台') as who, r.field, r.reason
          from members.reveal r left join organisation.person p on p.id = r.by_person_id where r.person_id = ${me}::uuid
        union all select h.id, h.at, p.name, null, ''
          from members.handed_out h left join identity.account a on a.id = h.by_account_id left join organisation.person p on p.id = a.person_id
          where ${me}::uuid = any(h.person_ids)) v
      where ${afterCursor(ORDER, after)} order by ${orderOf(ORDER)} limit ${limit + 1}`.execute(ctx.db)
    const page = cut(rows, limit, (row) => [row.at.toISOString(), row.id])
    return {
      next: page.next,
      items: page.items.map(({ id, at, who, field, reason }) => {
        return { id, at: at.toISOString(), who: who ?? '管理员', what: field ? `看了${FIELDS[field]}` : '导出的名册里有你', reason }
      }),
    }
  },
})
