import { sql } from 'kysely'
import type { AboutSource } from '#kernel/about.ts'
import { FORMS, type Form, KINDS, type Kind, OCCASIONS, type Occasion } from './contract.ts'

/** What this module holds about a person. */
export const about: AboutSource = {
  title: '联系与慰问',
  why: '流动、失联、离退休党员的联系和慰问；只记日期',
  tables: ['care.plan', 'care.condolence'],
  lines: async ({ db }, personId) => {
    const { rows: plans } = await sql<{ since: string; kind: Kind; place: string; contacts: number }>`select q.since, q.kind, q.place,
        (select count(*)::int from care.contact k where k.org_id = q.org_id and k.plan_id = q.id) as contacts
      from care.plan q where q.person_id = ${personId} order by q.since desc, q.id limit 50`.execute(db)
    const { rows: visits } = await sql<{ on: string; occasion: Occasion; form: Form }>`select on_day as "on", occasion, form
      from care.condolence where person_id = ${personId} order by on_day desc, id limit 100`.execute(db)
    return [
      ...plans.map(({ since, kind, place, contacts }) => ({
        label: `${since} 起`,
        value: `${KINDS[kind]}${place ? `，${place}` : ''}，联系过 ${contacts} 次`,
      })),
      ...visits.map(({ on, occasion, form }) => ({ label: on, value: `慰问：${OCCASIONS[occasion]}，${FORMS[form]}` })),
    ]
  },
}
