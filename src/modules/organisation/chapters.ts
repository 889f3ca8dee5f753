import { sql } from 'kysely'
import { dateAt, dateName, onDay } from '#kernel/civilDate.ts'
import type { Chapter } from '#kernel/module.ts'
import { type Block, labelled } from '#runtime/document/document.ts'
import { ORG_KINDS, POSTS } from './contract.ts'
import { orgOn, postsOn, termOn, unitsOn } from './published.ts'

/** 基本情况: the branch as it stood at the end of the span (or today): superior, units covered, term, committee, groups. */
const basics: Chapter = {
  key: 'basics',
  title: '支部基本情况',
  order: 10,
  readWith: 'organisation.read',
  write: async (ctx, { orgId, name, to }) => {
    const today = dateAt(ctx.now)
    const day = to < today ? to : today
    const org = await orgOn(ctx.db, orgId, day)
    if (!org) return { says: `${dateName(onDay(day))}这一天支部不存在`, blocks: [] }
    const superior = org.parentId ? await orgOn(ctx.db, org.parentId, day) : undefined
    const [posts, term, units] = [await postsOn(ctx.db, orgId, day), await termOn(ctx.db, orgId, day), await unitsOn(ctx.db, orgId, day)]
    const { rows: groups } = await sql<{ name: string; leader: string | null }>`select n.name,
        (select string_agg(p.name, '、' order by p.name collate "zh-x-icu") from organisation.post t
          join organisation.person p on p.id = t.person_id
          where t.org_id = g.org_id and t.role = 'groupLeader' and t.valid @> ${day}::date) as leader
      from organisation.placement g join organisation.naming n on n.org_id = g.org_id and n.valid @> ${day}::date
      where g.parent_id = ${orgId} and g.kind = 'partyGroup' and g.valid @> ${day}::date order by n.name collate "zh-x-icu"`.execute(ctx.db)
    const blocks: Block[] = [
      labelled('名称', `${org.name || name}（${ORG_KINDS[org.kind]}）`),
      labelled('上级党组织', superior?.name ?? '无'),
      labelled('成立日期', org.foundedOn),
      labelled('覆盖单位', units.map((u) => u.name).join('、') || '未登记'),
      labelled('本届任期', term ? `${term.from} 至 ${term.until}` : '未登记'),
      table(
        '支部委员会',
        ['职务', '姓名'],
        posts.filter((p) => p.role !== 'groupLeader').map((p) => [POSTS[p.role], p.name]),
      ),
      table(
        '党小组',
        ['党小组', '组长'],
        groups.map((g) => [g.name, g.leader ?? '未登记']),
      ),
    ].filter((b) => b.kind !== 'table' || b.rows.length > 0)
    return { says: `${dateName(onDay(day))}的情况：任职 ${posts.length} 项，党小组 ${groups.length} 个`, blocks }
  },
}

const table = (title: string, heads: string[], rows: string[][]): Block => ({ kind: 'table', title, heads, rows })

export const organisationChapters = [basics]
