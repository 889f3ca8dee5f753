import type { Chapter } from '#kernel/module.ts'
import { yuan } from './contract.ts'
import { yearOf } from './operations/look.ts'
import { duesOrg } from './place.ts'

/** 党费收缴: sums by month, no names. */
const dues: Chapter = {
  key: 'dues',
  title: '党费收缴',
  order: 60,
  readWith: 'dues.read',
  write: async (ctx, { orgId, from, to }) => {
    const org = await duesOrg(ctx, orgId)
    if (!org) return { says: '没有记录', blocks: [] }
    const { months: all, source, hidden } = await yearOf(ctx, org, Number(from.slice(0, 4)))
    const months = all.filter(({ month }) => month >= from.slice(0, 7) && month <= to.slice(0, 7))
    if (months.length === 0) return { says: '没有记录', blocks: [] }
    const [owed, paid] = [sumOf(months.map((m) => m.owed)), sumOf(months.map((m) => m.paid))]
    return {
      says: hidden ?? `应交 ${textOf(owed)} 元，已交 ${textOf(paid)} 元`,
      blocks: [
        {
          kind: 'table',
          title: '党费收缴情况',
          heads: ['月份', '应交人数', '交足人数', '应交（元）', '已交（元）'],
          rows: [
            ...months.map((m) => [m.month, String(m.persons), String(m.paidPersons), textOf(m.owed), textOf(m.paid)]),
            ['合计', '', '', textOf(owed), textOf(paid)],
          ],
        },
        { kind: 'text', text: `依据：${source}` },
      ],
    }
  },
}

const textOf = (cents: number | null) => (cents === null ? '不列' : yuan(cents))

/** Null when a part of it is left out. */
const sumOf = (parts: readonly (number | null)[]) => (parts.includes(null) ? null : parts.reduce<number>((s, cents) => s + cents!, 0))

export const duesChapters = [dues]
