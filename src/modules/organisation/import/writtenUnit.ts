import { sql } from 'kysely'
import type { Actor } from '#kernel/actor.ts'
import type { Db } from '#kernel/database.ts'
import { newId } from '#kernel/id.ts'
import type { ImportOptions } from '#kernel/importing.ts'
import type { NewUnit } from '../founding.ts'
import type { OrgCard } from '../published.ts'

/** A place of work as a row names it: a unit that is known, or one that a person wants founded; null while nobody has said which. */
export type WrittenUnit = { id: string; fresh: NewUnit | null } | null

interface SeenUnit {
  id: string
  name: string
  shortName: string | null
  orgIds: string[]
  orgPaths: string[]
}

const NEW = 'new'

/**
 * Finds administrative units by written name, first among those the branch covers. An exact name is found; anything else is asked,
 * with the units that it resembles and, where the actor may, the founding of a new one below the first that the branch covers.
 */
export async function unitAsker(
  { db, actor }: { db: Db; actor: Actor },
  day: string,
  { answers, onAsk }: ImportOptions,
): Promise<(org: OrgCard, written: string) => WrittenUnit> {
  const units = await unitsSeen(db, actor)
  const byName = Map.groupBy(
    units.flatMap((unit) => [...new Set([unit.name, unit.shortName ?? unit.name].map(plain))].map((name) => ({ name, unit }))),
    ({ name }) => name,
  )
  const known = new Map(units.map((unit) => [unit.id, unit]))
  const founded = new Map<string, NewUnit>()
  return (org, written) => {
    const name = plain(written)
    const same = (byName.get(name) ?? []).map(({ unit }) => unit)
    const own = same.filter(({ orgIds }) => orgIds.includes(org.id))
    const exact = own.length === 1 ? own[0] : same.length === 1 ? same[0] : undefined
    if (exact) return { id: exact.id, fresh: null }
    const above = unitAbove(units, org.path)
    const like = same.length > 0 ? same : units.filter((unit) => resembles(plain(unit.name), name)).sort(firstOf(org.id))
    const mayFound = actor.holds('organisation.manage', org.path) === true
    const key = `unit:${org.id}:${name}`
    onAsk?.({
      key,
      kind: 'unit',
      says: `“${written}”（${org.shortName ?? org.name}）是哪个单位？`,
      choices: [
        ...like.slice(0, 5).map(({ id, name }) => ({ id, name: `是${name}` })),
        ...(mayFound ? [{ id: NEW, name: above ? `新建，设在${above.name}下面` : '新建' }] : []),
      ],
    })
    const answer = answers?.get(key)
    if (answer !== NEW || !mayFound) return answer !== undefined && known.has(answer) ? { id: answer, fresh: null } : null
    const fresh = founded.get(key) ?? {
      id: newId(),
      parentId: above?.id ?? null,
      value: false,
      name: written.replace(/\s+/g, '').slice(0, 100),
      shortName: null,
      code: null,
      foundedOn: day,
      orgId: org.id,
    }
    founded.set(key, fresh)
    return { id: fresh.id, fresh }
  }
}

/** The unit under which a new one of this organisation is founded: the first that it covers, or else its nearest superior. */
function unitAbove(units: readonly SeenUnit[], path: string): SeenUnit | undefined {
  const reach = ({ orgPaths }: SeenUnit) => Math.max(...orgPaths.map((p) => (path.startsWith(p) ? p.length : 0)))
  const nearest = Math.max(0, ...units.map(reach))
  return nearest === 0 ? undefined : units.find((unit) => reach(unit) === nearest)
}

/** The units that stand and that an organisation covers which the actor sees. */
async function unitsSeen(db: Db, actor: Actor): Promise<SeenUnit[]> {
  const { rows } = await sql<SeenUnit>`select u.id, u.name, u.short_name as "shortName", array_agg(c.org_id) as "orgIds",
      array_agg(o.path) as "orgPaths"
    from organisation.unit u
    join organisation.coverage c on c.unit_id = u.id and upper(c.valid) is null
    join organisation.org o on o.id = c.org_id
    where u.dissolved_on is null and ${actor.within('organisation.read', 'o.path')}
    group by u.id order by length(u.path), u.name collate "zh-x-icu", u.id`.execute(db)
  return rows
}

const plain = (name: string) => name.normalize('NFKC').replace(/[\s“”"]/g, '')

const resembles = (unit: string, written: string) =>
  (unit.length > 1 && written.includes(unit)) || (written.length > 1 && unit.includes(written))

/** Those the branch covers first, then the longer name: it says more. */
const firstOf = (orgId: string) => (a: SeenUnit, b: SeenUnit) =>
  Number(b.orgIds.includes(orgId)) - Number(a.orgIds.includes(orgId)) || b.name.length - a.name.length
