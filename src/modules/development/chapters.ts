import { sql } from 'kysely'
import type { Chapter } from '#kernel/module.ts'
import { STAGES } from './contract.ts'
import { stepRule } from './steps.ts'

/** 发展党员: who stands where, and the steps taken in the span. */
const development: Chapter = {
  key: 'development',
  title: '发展党员工作',
  order: 50,
  readWith: 'development.read',
  write: async (ctx, { orgId, from, to }) => {
    const { rows: courses } = await sql<{ name: string; stage: number; state: string; due_on: string | null }>`
      select p.name, c.stage, c.state, c.due_on from development.course c join organisation.person p on p.id = c.person_id
      where c.org_id = ${orgId} and (c.state = 'open' or exists (select from development.step s
        where s.org_id = c.org_id and s.course_id = c.id and s.taken_on between ${from}::date and ${to}::date))
      order by c.stage desc, p.name collate "zh-x-icu", c.id limit 300`.execute(ctx.db)
    const { rows: steps } = await sql<{ taken_on: string; name: string; no: number }>`select s.taken_on, p.name, s.no
      from development.step s join development.course c on c.org_id = s.org_id and c.id = s.course_id
      join organisation.person p on p.id = c.person_id
      where s.org_id = ${orgId} and s.taken_on between ${from}::date and ${to}::date order by s.taken_on, s.no, s.id limit 1000`.execute(
      ctx.db,
    )
    if (courses.length === 0) return { says: '没有培养对象', blocks: [] }
    const where = (c: { stage: number; state: string }) =>
      c.state === 'done' ? '已归档' : c.state === 'stopped' ? '已停止发展' : (STAGES[c.stage] ?? '已归档')
    return {
      says: `培养对象 ${courses.length} 名，办理 ${steps.length} 步`,
      blocks: [
        {
          kind: 'table',
          title: '培养对象',
          heads: ['姓名', '阶段', '下一步最迟'],
          rows: courses.map((c) => [c.name, where(c), c.due_on ?? '']),
        },
        ...(steps.length === 0
          ? []
          : [
              {
                kind: 'table' as const,
                title: '办理情况',
                heads: ['日期', '姓名', '步骤'],
                rows: steps.map((s) => [s.taken_on, s.name, stepRule(s.no).title]),
              },
            ]),
      ],
    }
  },
}

export const developmentChapters = [development]
