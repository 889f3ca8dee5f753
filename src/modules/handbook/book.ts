import { dateAt } from '#kernel/civilDate.ts'
import type { Chapter, ChapterAbout } from '#kernel/module.ts'
import type { Ctx } from '#kernel/operation.ts'
import type { Period } from '#kernel/period.ts'
import { headCode } from '#ledger/headCode.ts'
import { headNow } from '#ledger/reading.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import { type Block, heading, numeral, type PaperPlan, text } from '#runtime/document/document.ts'
import type { SheetPlan } from '#runtime/sheets/write.ts'
import type { ChapterCard } from './contract.ts'

export interface Written extends ChapterCard {
  blocks: Block[]
}

const about = (org: OrgCard, period: Period): ChapterAbout => ({
  orgId: org.id,
  path: org.path,
  name: org.name,
  from: period.from,
  to: period.to,
})

/** A chapter as the reader may have it. */
export async function written(ctx: Ctx, chapter: Chapter, org: OrgCard, period: Period): Promise<Written> {
  const { key, title, readWith } = chapter
  if (ctx.actor.holds(readWith, org.path) !== true)
    return { key, title, says: '你没有看这一部分的权限，不会印进手册', empty: true, mine: false, blocks: [] }
  const { says, blocks } = await chapter.write(ctx, about(org, period))
  return { key, title, says, empty: blocks.length === 0, mine: true, blocks }
}

/** The 支部工作手册 as a paper: title page, contents, one chapter after the other; what has no record says so. */
export async function bookOf(ctx: Ctx, org: OrgCard, period: Period, chapters: readonly Written[]): Promise<PaperPlan> {
  return {
    title: '党支部工作手册',
    subtitle: `${org.name}　${period.fullName}`,
    book: true,
    blocks: chapters.flatMap((c, i) => [heading(0, `${numeral(i + 1)}、${c.title}`), ...(c.empty ? [text(`${c.says}。`)] : c.blocks)]),
    notes: await notesOf(ctx, period),
  }
}

/** The tables of the book as sheets; a chapter without a table is left out. */
export async function sheetsOf(ctx: Ctx, org: OrgCard, period: Period, chapters: readonly Written[]): Promise<SheetPlan[]> {
  const footer = await notesOf(ctx, period)
  const names = new Set<string>()
  const sheets = chapters.flatMap(({ title, blocks }) =>
    blocks.flatMap((b): SheetPlan[] => {
      if (b.kind !== 'table') return []
      const name = unused(b.title ?? title, names)
      const columns = b.heads.map((head) => ({ title: head }))
      return [{ name, title: `${org.name} ${period.fullName} ${b.title ?? title}`, columns, rows: b.rows, footer }]
    }),
  )
  return sheets.length > 0 ? sheets : [{ name: '手册', columns: [{ title: '说明' }], rows: [['这段时间没有记录']], footer }]
}

function unused(wish: string, names: Set<string>): string {
  const short = wish.slice(0, 25)
  const name = [short, ...Array.from({ length: 99 }, (_, i) => `${short} ${i + 2}`)].find((n) => !names.has(n)) ?? short
  names.add(name)
  return name
}

async function notesOf(ctx: Ctx, period: Period): Promise<string[]> {
  const head = await headNow(ctx.db)
  const ledger = head ? `账本高度 ${head.size}，头码 ${headCode(head)}。` : '账本还没有签出的头码。'
  return [`口径：${period.from} 至 ${period.to} 的记录，由系统从记录生成。${ctx.actor.name} ${dateAt(ctx.now)} 打印。${ledger}`]
}
