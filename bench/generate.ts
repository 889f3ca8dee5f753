import pg from 'pg'
import { SIZES, type Size, type SizeName } from './sizes.ts'
import { type Node, tree } from './tree.ts'

/** What a generated unit offers to the measurements. */
export interface Unit {
  /** Placed organisations, root first. */
  orgs: Node[]
  branches: Node[]
  /** Branches of exactly twenty members. */
  ofTwenty: Node[]
}

/**
 * Fills an empty installation with a unit of the given size: structure, people, rosters, posts and whole years of meetings, as tables
 * and as the facts that the product would have recorded. Facts are left in the sequencer's queue. The same size gives the same rows.
 */
export async function generate(owner: pg.ClientConfig, name: SizeName, log: (line: string) => void): Promise<Unit> {
  const size = SIZES[name]
  const unit = tree(size)
  const client = new pg.Client({ ...owner, statement_timeout: 0 })
  await client.connect()
  try {
    await client.query(`set synchronous_commit = off; set jit = off; set work_mem = '128MB'; set timezone = 'Asia/Shanghai'`)
    await client.query(HELPERS)
    for (const [what, run] of steps(client, unit, size)) {
      const started = performance.now()
      await run()
      log(`  ${what}: ${((performance.now() - started) / 1000).toFixed(1)} s`)
    }
  } finally {
    await client.end()
  }
  return unit
}

/** An id that grows with `i`, as UUIDv7 does; and a number from 0 to 1 that depends on the text alone. */
const HELPERS = `
  create function pg_temp.uid(kind int, i bigint) returns uuid language sql immutable
    as $$ select ('0190000' || kind || '-0000-7000-8000-' || lpad(to_hex(i), 12, '0'))::uuid $$;
  create function pg_temp.dice(t text) returns float language sql immutable
    as $$ select (hashtextextended(t, 20251231) & 1048575) / 1048576.0 $$;`

function steps(client: pg.Client, unit: Unit, size: Size): [string, () => Promise<unknown>][] {
  const years = size.years.flatMap((year): [string, () => Promise<unknown>][] => [
    [`meetings of ${year}`, () => client.query(MEETINGS, [year])],
    [`who came in ${year}`, () => client.query(GATHERED)],
    [`facts of ${year}`, () => client.query(MEETING_FACTS)],
    ...(size.attendance ? ([['their rows', () => client.query(ATTENDANCE)]] as [string, () => Promise<unknown>][]) : []),
    [`empty the workbench`, () => client.query('drop table planned, came')],
  ])
  return [
    ['structure', () => structure(client, unit)],
    ['people', () => people(client, unit)],
    ...years,
    ['queue', () => client.query(QUEUE)],
    ['analyse', () => client.query('vacuum analyze')],
  ]
}

async function structure(client: pg.Client, { orgs }: Unit) {
  const columns = [orgs.map((o) => o.id), orgs.map((o) => o.key), orgs.map((o) => o.path), orgs.map((o) => o.parentId)]
  await client.query(
    `create temp table node as select * from unnest($1::uuid[], $2::text[], $3::text[], $4::uuid[], $5::text[], $6::text[])
      as t(id, key, path, parent_id, kind, name)`,
    [...columns, orgs.map((o) => o.kind), orgs.map((o) => o.name)],
  )
  await client.query(`
    insert into organisation.org (id, key, path, parent_id, kind, name, founded_on)
      select id, key, path, parent_id, kind, name, '2015-01-01' from node order by path;
    insert into organisation.placement (org_id, valid, parent_id, kind, path)
      select id, daterange('2015-01-01', null), parent_id, kind, path from node order by path;
    insert into organisation.naming (org_id, valid, name) select id, daterange('2015-01-01', null), name from node order by path;
    insert into ledger.fact (org_id, id, kind, subject, happened_on, recorded_at, operation, body)
      select id, pg_temp.uid(1, row_number() over (order by path)), 'org.founded', id, '2015-01-01',
        timestamptz '2023-01-01' + row_number() over (order by path) * interval '1 ms', 'organisation.import',
        jsonb_build_object('kind', kind, 'parentId', parent_id) from node order by path`)
}

async function people(client: pg.Client, { branches }: Unit) {
  await client.query(
    `create temp table member as select row_number() over () as i, b.id as org_id, b.path, j
      from unnest($1::uuid[], $2::text[], $3::int[]) with ordinality as b(id, path, size, at), generate_series(1, b.size) j order by b.at, j`,
    [branches.map((b) => b.id), branches.map((b) => b.path), branches.map((b) => b.members)],
  )
  await client.query(`
    alter table member add person_id uuid, add standing text, add since date;
    update member set person_id = pg_temp.uid(2, i), standing = case when pg_temp.dice('p' || i) < 0.04 then 'probationaryMember' else 'fullMember' end,
      since = date '2015-01-01' + (pg_temp.dice('s' || i) * 2900)::int;
    create index on member (org_id); analyze member;
    insert into organisation.person (id, name, staff_no)
      select person_id, substr('王李张刘陈杨赵黄周吴徐孙马朱胡林郭何高罗', 1 + (i % 20)::int, 1) || '某'
        || chr(19968 + (pg_temp.dice('n' || i) * 3000)::int), 'G' || lpad(i::text, 7, '0') from member order by i;
    insert into members.profile (person_id, sex, job, joined_from, joined_until, joined_precision)
      select person_id, case when pg_temp.dice('x' || i) < 0.3 then 'female' else 'male' end, '采煤工', since - 400, since - 400, 'day'
      from member order by i;
    insert into members.membership (id, person_id, org_id, valid, inferred)
      select pg_temp.uid(3, i), person_id, org_id, daterange(since, null), false from member order by i;
    insert into members.standing (person_id, valid, standing, precision) select person_id, daterange(since, null), standing, 'day' from member order by i;
    insert into ledger.fact (org_id, id, kind, subject, person_id, happened_on, recorded_at, operation, body)
      select org_id, pg_temp.uid(3, i), 'membership.began', pg_temp.uid(3, i), person_id, since,
        timestamptz '2023-02-01' + i * interval '1 ms', 'members.import', jsonb_build_object('standing', standing, 'inferred', false)
      from member order by i;
    create temp table post as select org_id, person_id, (array['partySecretary', 'organizationCommissioner', 'publicityCommissioner'])[j] as role,
      row_number() over (order by i) as i from member where j <= 3 and (j = 1 or org_id in (select org_id from member group by 1 having count(*) >= 8));
    insert into organisation.post (id, org_id, person_id, role, valid)
      select pg_temp.uid(4, i), org_id, person_id, role, daterange('2023-01-01', null) from post order by i;
    insert into ledger.fact (org_id, id, kind, subject, person_id, happened_on, recorded_at, operation, body)
      select org_id, pg_temp.uid(4, i), 'post.began', pg_temp.uid(4, i), person_id, '2023-01-01',
        timestamptz '2023-03-01' + i * interval '1 ms', 'organisation.appoint', jsonb_build_object('role', role, 'fullTime', null) from post order by i`)
}

/** About fifty records a branch and year, one in twenty-five missing. Ids grow with the day, as they would. */
const MEETINGS = `create temp table planned as
  with asked(kind, month, day, part) as (
    select 'memberAssembly', m, 12, 0 from unnest(array[2, 5, 8, 11]) m
    union all select 'branchCommittee', m, 5, 0 from generate_series(1, 12) m
    union all select 'groupMeeting', m, 18, g from generate_series(1, 12) m, generate_series(1, 1 + m % 2) g
    union all select 'partyLecture', m, 20, 0 from unnest(array[3, 6, 9, 12]) m
    union all select 'themePartyDay', m, 25, 0 from generate_series(1, 12) m
    union all select 'orgLifeMeeting', 12, 10, 0 union all select 'democraticAppraisal', 12, 14, 0),
  sized as (select org_id, count(*) as members from member group by 1),
  chosen as (select org_id, kind, part, make_date($1::int, month, day) + (pg_temp.dice('d' || org_id || kind || month) * 4)::int - 2 as held_on
    from sized, asked where (kind <> 'branchCommittee' or members >= 8)
      and pg_temp.dice('m' || $1 || org_id || kind || month || part) >= 0.04)
  select *, $1::bigint * 10000000 + row_number() over (order by held_on, org_id, kind, part) as i,
    case when pg_temp.dice('late' || $1 || org_id || kind || held_on) < 0.03 then 20 else 1 end as wait from chosen`

/** Everybody expected at each meeting: the roster, the committee or half the roster. */
const GATHERED = `create temp table came as
  select p.i, p.org_id, m.person_id, m.standing, pg_temp.dice('a' || p.i || m.person_id) >= 0.07 as present
  from planned p join member m on m.org_id = p.org_id
  where p.kind not in ('branchCommittee', 'groupMeeting') or (p.kind = 'branchCommittee' and m.j <= 3) or (p.kind = 'groupMeeting' and m.j % 2 = p.part % 2);
  create index on came (i);
  analyze came`

const MEETING_FACTS = `
  with counted as (select i, count(*) as expected, count(*) filter (where present) as present,
      count(*) filter (where standing = 'fullMember') as entitled,
      count(*) filter (where standing = 'fullMember' and present) as entitled_present,
      coalesce(jsonb_agg(person_id) filter (where present), '[]') as present_ids,
      coalesce(jsonb_agg(jsonb_build_object('personId', person_id, 'reason', 'onDuty')) filter (where not present), '[]') as absent
    from came group by i),
  whole as (select p.*, c.expected, c.present, c.entitled, c.entitled_present, c.present_ids, c.absent,
      (p.held_on + p.wait)::timestamptz + interval '10 hours' + p.i % 100000 * interval '1 ms' as recorded_at,
      pg_temp.dice('sign' || i) < 0.9 as signed from planned p join counted c using (i)),
  meeting as (insert into meetings.meeting (org_id, id, kinds, title, held_on, place, observers, state, expected, present, entitled,
      entitled_present, roster_expected, late, warnings, recorded_at, held_fact, version)
    select org_id, pg_temp.uid(5, i), array[kind], '例会', held_on, '会议室', '{}', case when signed then 'signed' else 'submitted' end, expected, present, entitled,
      entitled_present, expected, wait > 7, '[]', recorded_at, pg_temp.uid(5, i), 1 from whole order by i),
  held as (insert into ledger.fact (org_id, id, kind, subject, happened_on, recorded_at, operation, body)
    select org_id, pg_temp.uid(5, i), 'meeting.held', pg_temp.uid(5, i), held_on, recorded_at, 'meetings.record',
      jsonb_build_object('kinds', jsonb_build_array(kind), 'expected', expected, 'present', present, 'presentIds', present_ids, 'absent', absent,
        'entitled', entitled, 'entitledPresent', entitled_present, 'late', wait > 7, 'paper', false, 'minutes', 90) from whole order by i)
  insert into ledger.fact (org_id, id, kind, subject, happened_on, recorded_at, operation, body)
    select org_id, pg_temp.uid(6, i), 'meeting.signed', pg_temp.uid(5, i), (recorded_at + interval '2 days')::date, recorded_at + interval '2 days',
      'meetings.sign', '{"bySubstitute": false}' from whole where signed order by i`

const ATTENDANCE = `insert into meetings.attendance (org_id, meeting_id, person_id, present, entitled, why)
  select org_id, pg_temp.uid(5, i), person_id, present, standing = 'fullMember', '' from came order by i, person_id`

const QUEUE = `insert into ledger.pending (org_id, fact_id, recorded_at)
  select org_id, id, recorded_at from ledger.fact f where not exists (select from ledger.entry e where e.fact_id = f.id)
  on conflict do nothing`
