import { randomUUIDv7 } from 'node:crypto'
import http from 'node:http'
import pg from 'pg'

// What the machine can do: node:http and pg, the same tables and indexes, the same rows read and written; nobody is asked who they
// are, nothing is checked, audited or proved. Statements are prepared, and one round trip each wherever that is possible.
const types = new pg.TypeOverrides()
types.setTypeParser(pg.types.builtins.DATE, (v) => v)
const pool = new pg.Pool({ ...JSON.parse(process.argv[2]!), max: 12, types })

const DAY = `(m.valid @> $1::date) is true and (s.valid @> $1::date) is true`
const LIST = `with h as materialized (select m.id, m.person_id, m.org_id, o.name as org_name, p.name, p.staff_no, lower(m.valid) as since, m.inferred, s.standing
    from organisation.org o join members.membership m on m.org_id = o.id join organisation.person p on p.id = m.person_id
    join members.standing s on s.person_id = m.person_id
    where o.path >= $2 and o.path < $3 and ${DAY} and s.standing = any('{fullMember,probationaryMember}')),
  page as (select * from h order by name collate "zh-x-icu", id limit 20)
  select h.*, f.sex, f.party_group, f.job, f.joined_from, x.cause, (select count(*)::int from h) as total
  from page h left join members.profile f on f.person_id = h.person_id
  left join members.suspension x on x.person_id = h.person_id and (x.valid @> $1::date) is true
  order by h.name collate "zh-x-icu", h.id`

async function list(url: URL) {
  const path = url.searchParams.get('path')!
  const values = [new Date().toISOString().slice(0, 10), path, `${path}~`]
  const { rows } = await pool.query({ name: 'list', text: LIST, values })
  return { items: rows.map(({ total: _, ...row }) => row), total: rows[0]?.total ?? 0 }
}

const ROSTER = `select m.person_id, p.name, p.staff_no, s.standing, m.inferred, x.cause
  from organisation.org o join members.membership m on m.org_id = o.id
  join organisation.person p on p.id = m.person_id
  join members.standing s on s.person_id = m.person_id
  left join members.suspension x on x.person_id = m.person_id and (x.valid @> $1::date) is true
  where o.id = $2 and ${DAY} and s.standing in ('fullMember', 'probationaryMember') order by p.name collate "zh-x-icu", p.id`
const RECORD = `with meeting as (insert into meetings.meeting (org_id, id, kinds, title, held_on, place, chair_id, recorder_id, observers, state,
      expected, present, entitled, entitled_present, late, warnings, recorded_at, held_fact, version)
    values ($1, $2, $3, $4, $5, $6, $7, $8, '{}', 'submitted', $9, $10, $9, $10, false, '[]', now(), $2, 1)),
  item as (insert into meetings.item (org_id, meeting_id, position, topic, discussion, resolution)
    select $1, $2, position, topic, discussion, resolution
    from jsonb_to_recordset($11::jsonb) as t(position int, topic text, discussion text, resolution text))
  insert into meetings.attendance (org_id, meeting_id, person_id, present, entitled, why)
    select $1, $2, person_id, present, entitled, '' from jsonb_to_recordset($12::jsonb) as t(person_id uuid, present boolean, entitled boolean)`

/** Expected is who stands on the roster that day, as with us: attendance is ticked by the absent. */
async function record(_url: URL, body: any) {
  const roster = await pool.query({ name: 'roster', text: ROSTER, values: [body.heldOn, body.orgId] })
  const absent = new Set(body.absent.map((a: { personId: string }) => a.personId))
  const rows = roster.rows.map((r) => ({
    person_id: r.person_id,
    present: !absent.has(r.person_id),
    entitled: r.standing === 'fullMember' && !r.cause,
  }))
  const id = randomUUIDv7()
  const items = JSON.stringify(body.items.map((item: object, position: number) => ({ position, discussion: '', resolution: '', ...item })))
  const counts = [rows.length, rows.filter((r) => r.present).length]
  const values = [
    body.orgId,
    id,
    body.kinds,
    body.title,
    body.heldOn,
    body.place,
    body.chairId,
    body.recorderId,
    ...counts,
    items,
    JSON.stringify(rows),
  ]
  await pool.query({ name: 'record', text: RECORD, values })
  return { id }
}

const routes: Record<string, (url: URL, body: unknown) => Promise<unknown>> = { '/list': list, '/record': record }

const server = http.createServer((req, res) => {
  const parts: Buffer[] = []
  req.on('data', (part: Buffer) => parts.push(part))
  req.on('end', async () => {
    const url = new URL(req.url!, 'http://bare')
    try {
      const text = JSON.stringify(
        await routes[url.pathname]!(url, parts.length > 0 ? JSON.parse(Buffer.concat(parts).toString()) : undefined),
      )
      res.writeHead(200, { 'content-type': 'application/json', 'content-length': Buffer.byteLength(text) }).end(text)
    } catch (error) {
      res.writeHead(500).end(String(error))
    }
  })
})
server.listen(0, '127.0.0.1', () => process.send!({ port: (server.address() as { port: number }).port }))
process.once('message', () => process.exit(0))
