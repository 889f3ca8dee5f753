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
    const { months: all, source } = await yearOf(ctx, org, Number(from.slice(0, 4)))
    const months = all.filter(({ month }) => month >= from.slice(0, 7) && month <= to.slice(0, 7))
    if (months.length === 0) return { says: '没有记录', blocks: [] }
    const [owed, paid] = [months.reduce((s, m) => s + m.owed, 0), months.reduce((s, m) => s + m.paid, 0)]
    return {
      says: `应交 ${yuan(owed)} 元，已交 ${yuan(paid)} 元`,
      blocks: [
        {
          kind: 'table',
          title: '党费收缴情况',
          heads: ['月份', '应交人数', '交足人数', '应交（元）', '已交（元）'],
          rows: [
            ...months.map((m) => [m.month, String(m.persons), String(m.paidPersons), yuan(m.owed), yuan(m.paid)]),
            ['合计', '', '', yuan(owed), yuan(paid)],
          ],
        },
        { kind: 'text', text: `依据：${source}` },
      ],
    }
  },
}

export const duesChapters = [dues]
