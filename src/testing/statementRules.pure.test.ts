import { describe, expect, test } from 'vitest'
import { faultsOf, type Kind } from './statementRules.ts'

const kinds = new Map<string, Kind>([
  ['organisation.org', 'ref'],
  ['ledger.fact', 'fact'],
  ['meetings.meeting', 'fact'],
  ['meetings.item', 'fact'],
  ['kernel.audit', 'local'],
])

describe('each rule catches its statement', () => {
  test.each([
    ['recursive', 'with recursive t as (select 1) select * from t'],
    ['MERGE', 'merge into meetings.item i using x on true when matched then do nothing'],
    ['GROUPING SETS', 'select a, count(*) from ledger.fact group by grouping sets ((a), ())'],
    ['trigger', 'create or replace trigger t before update on ledger.fact execute function f()'],
    ['function', 'create function f() returns int as $$ select 1 $$ language sql'],
    ['org_id of a fact changed', 'update "meetings"."meeting" set title = $1, org_id = $2 where org_id = $3 and id = $4'],
    ['joined without org_id', 'select * from meetings.meeting m join meetings.item i on i.meeting_id = m.id'],
    ['joined without org_id', 'select * from meetings.meeting m, meetings.item i, ledger.fact f where m.org_id = i.org_id and f.subject = m.id'],
    ['for each row of ref', 'select o.id, (select count(*) from ledger.fact f where f.org_id = o.id) from organisation.org o'],
    ['for each row of ref', 'select * from organisation.org o cross join lateral (select * from meetings.meeting m where m.org_id = o.id limit 1) x'],
    ['for each row of ref', 'select * from organisation.org o where exists (select from organisation.org p where exists (select from ledger.fact f where f.org_id = p.id))'],
    ['for each fact without org_id', 'select * from meetings.meeting m where exists (select from ledger.fact f where f.subject = m.id)'],
    ['locked across organisations', 'select * from meetings.meeting m where m.id = $1 for update'],
    ['locked across organisations', 'select * from meetings.meeting m join organisation.org o on o.id = m.org_id where m.id = $1 for update of m'],
  ])('%s', (says, statement) => {
    expect(faultsOf(statement, kinds).join()).toContain(says)
  }) // biome-ignore format: one statement a line
})

describe('what is right is left alone', () => {
  test.each([
    'select o.name, f.id from ledger.fact f join organisation.org o on o.id = f.org_id where o.path >= $1',
    'select * from meetings.meeting m join meetings.item i on i.org_id = m.org_id and i.meeting_id = m.id',
    'select * from meetings.meeting m join ledger.fact f on (f.org_id, f.id) = (m.org_id, m.held_fact)',
    'select * from meetings.meeting m, meetings.item i where m.org_id = $1 and i.org_id = $1',
    'select * from ledger.fact f where not exists (select from ledger.fact r where r.org_id = f.org_id and r.subject = f.id)',
    'select * from organisation.org o where o.id in (select f.org_id from ledger.fact f)',
    'select * from meetings.meeting where org_id = $1 and id = $2 for update',
    'select id from meetings.meeting union all select id from ledger.fact',
    "select 'merge into x', '-- with recursive' from ledger.fact",
    'insert into meetings.item (org_id) select org_id from meetings.meeting where org_id = $1',
    'update meetings.meeting set title = $1 where org_id = $2',
    'select o.id for update of o',
    'insert into ledger.fact (org_id) values ($1)',
  ])('%s', (statement) => {
    expect(faultsOf(statement, kinds)).toEqual([])
  })
})
