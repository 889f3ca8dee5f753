import { z } from 'zod'
import { invalid } from '#kernel/errors.ts'
import { XLSX } from '#kernel/importing.ts'
import { type Chapter, defineModule } from '#kernel/module.ts'
import { type Ctx, download, query } from '#kernel/operation.ts'
import { type Period, periodFromKey } from '#kernel/period.ts'
import { printed } from '#kernel/printing.ts'
import { BRANCH_KINDS, BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { writeXlsx } from '#runtime/sheets/write.ts'
import { bookOf, sheetsOf, written } from './book.ts'
import { ChapterCard, Part } from './contract.ts'

/** `period` is 2026, 2026-H1, 2026-Q3 or 2026-07. */
const Asked = z.object({ orgId: z.uuid(), period: z.string().max(7) })
const READ = 'handbook.read'

/** A branch the reader prints the book of; a committee has none of its own. */
async function branchSeen(ctx: Ctx, { orgId }: { orgId: string }) {
  const org = await orgSeen(ctx, orgId, READ)
  return org && BRANCH_KINDS.includes(org.kind) ? org : undefined
}

function spanOf(key: string): Period {
  const period = periodFromKey(key)
  if (!period) throw invalid('no-period', '请选择年度或时间段', { period: ['请选择年度或时间段'] })
  return period
}

/** The 支部工作手册, from the chapters that the modules write. */
export const handbookOf = (declared: readonly Chapter[]) => {
  const chapters = [...declared].sort((a, b) => a.order - b.order)
  return defineModule({
    name: 'handbook',
    operations: [
      query('handbook.look', {
        title: '看支部工作手册里有什么',
        input: Asked,
        output: z.object({ orgName: z.string(), name: z.string(), from: z.string(), to: z.string(), chapters: z.array(ChapterCard) }),
        snapshot: true,
        load: branchSeen,
        may: (actor, org) => actor.holds(READ, org.path),
        run: async (ctx, { period }, org) => {
          const span = spanOf(period)
          const cards: ChapterCard[] = []
          for (const chapter of chapters) {
            const { blocks: _, ...card } = await written(ctx, chapter, org, span)
            cards.push(card)
          }
          return { orgName: org.name, name: span.fullName, from: span.from, to: span.to, chapters: cards }
        },
      }),
      query('handbook.chapter', {
        title: '看支部工作手册的一章',
        input: Asked.extend({ key: z.string().max(40) }),
        output: ChapterCard.extend({ blocks: z.array(Part) }),
        snapshot: true,
        load: branchSeen,
        may: (actor, org) => actor.holds(READ, org.path),
        run: async (ctx, { period, key }, org) => {
          const chapter = chapters.find((c) => c.key === key)
          if (!chapter) throw invalid('no-chapter', '手册里没有这一章', { key: ['手册里没有这一章'] })
          return written(ctx, chapter, org, spanOf(period))
        },
      }),
      download('handbook.print', {
        title: '打印支部工作手册（Word、PDF、Excel）',
        input: Asked.extend({
          format: z.enum(['word', 'pdf', 'excel']).default('word'),
          /** The chapters to print; left out, all. */
          keys: z.array(z.string().max(40)).min(1).max(60).optional(),
        }),
        snapshot: true,
        load: branchSeen,
        may: (actor, org) => actor.holds(READ, org.path),
        run: async (ctx, { period, format, keys }, org) => {
          const span = spanOf(period)
          const parts = []
          for (const chapter of chapters.filter(({ key }) => keys?.includes(key) ?? true)) {
            const part = await written(ctx, chapter, org, span)
            if (part.mine) parts.push(part)
          }
          const name = `${org.name}支部工作手册 ${span.fullName}`
          if (format === 'excel') return { fileName: `${name}.xlsx`, type: XLSX, body: writeXlsx(await sheetsOf(ctx, org, span, parts)) }
          return printed(await bookOf(ctx, org, span, parts), name, format)
        },
      }),
    ],
    capabilities: { [READ]: { title: '看和打印支部工作手册', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] } },
    migrations: new URL('./migrations/', import.meta.url),
  })
}
