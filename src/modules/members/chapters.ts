import { sql } from 'kysely'
import { addDays, dateAt, dateName, onDay } from '#kernel/civilDate.ts'
import type { Chapter } from '#kernel/module.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import type { Block } from '#runtime/document/document.ts'
import { LEAVING, type Leaving, type Precision, STANDINGS, type Standing } from './contract.ts'
import { DIRECT } from './handingOut.ts'
import { lifeText } from './life.ts'
import { rosterOn } from './published.ts'

/** 党员名册 at the end of the span (or today), without numbers, telephones and addresses. */
const roster: Chapter = {
  key: 'roster',
  title: '党员名册',
  order: 20,
  readWith: 'members.read',
  write: async (ctx, { orgId, to }) => {
    const today = dateAt(ctx.now)
    const day = to < today ? to : today
    const people = await rosterOn(ctx.db, orgId, day)
    const full = people.filter((p) => p.standing === 'fullMember').length
    const says = `${dateName(onDay(day))}有党员 ${people.length} 名，其中正式党员 ${full} 名、预备党员 ${people.length - full} 名`
    // More names in one file are a copy of the roster: the roster's own export asks somebody else first.
    if (people.length > DIRECT)
      return { says: `${says}；超过 ${DIRECT} 人，名单请在党员名册按规定导出`, blocks: [{ kind: 'text', text: `${says}。` }] }
    const known = await knownOf(people.map((p) => p.personId))
    const rows = people.map((p, i) => {
      const k = known.get(p.personId)
      return [
        String(i + 1), p.name, k?.sex ? { male: '男', female: '女' }[k.sex] : '', k?.education ?? '', STANDINGS[p.standing],
        k?.joined_from && k.joined_precision ? lifeText({ from: k.joined_from, precision: k.joined_precision }) : '', k?.party_group ?? '',
      ] // biome-ignore format: one row
    })
    const heads = ['序号', '姓名', '性别', '学历', '人员类别', '入党日期', '党小组']
    return { says, blocks: people.length === 0 ? [] : [{ kind: 'table', heads, rows, widths: [2, 3, 2, 4, 4, 4, 5] }] }

    async function knownOf(ids: string[]) {
      const { rows } = await sql<Known>`select person_id, sex, education, party_group, joined_from, joined_precision from members.profile
        where person_id = any(${ids}::uuid[])`.execute(ctx.db)
      return new Map(rows.map((row) => [row.person_id, row]))
    }
  },
}

interface Known {
  person_id: string
  sex: 'male' | 'female' | null
  education: string | null
  party_group: string | null
  joined_from: string | null
  joined_precision: Precision | null
}

/** Who came and who went in the span, from the ledger. */
const changes: Chapter = {
  key: 'rosterChanges',
  title: '党员增减',
  order: 22,
  readWith: 'members.read',
  write: async (ctx, { orgId, from, to }) => {
    const { rows } =
      await sql<Change>`select f.kind, f.happened_on as on, p.name, f.body->>'reason' as reason, f.body->>'standing' as standing
      from ${ledgerAsOf()} f join organisation.person p on p.id = f.person_id
      where f.org_id = ${orgId} and f.kind = any(${['membership.began', 'membership.ended']})
        and f.happened_on >= ${from}::date and f.happened_on < ${addDays(to, 1)}::date
      order by f.happened_on, f.id limit 500`.execute(ctx.db)
    const said = rows.map((c) => [
      c.on,
      c.name,
      c.kind === 'membership.began' ? '编入名册' : '离开名册',
      c.kind === 'membership.began' ? (STANDINGS[c.standing as Standing] ?? '') : (LEAVING[c.reason as Leaving] ?? ''),
    ])
    const blocks: Block[] = said.length === 0 ? [] : [{ kind: 'table', heads: ['日期', '姓名', '变动', '说明'], rows: said }]
    return { says: said.length === 0 ? '没有增减' : `增减 ${said.length} 人次`, blocks }
  },
}

interface Change {
  kind: 'membership.began' | 'membership.ended'
  on: string
  name: string
  reason: string | null
  standing: string | null
}

export const memberChapters = [roster, changes]
