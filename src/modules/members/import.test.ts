import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { sql } from 'kysely'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { OWNER, type World, world } from '#testing/world.ts'
import { rosterOn } from './published.ts'

const input = async (name: string) => ({ name, data: await readFile(join(import.meta.dirname, '../../testing/inputs', name)) })

let w: World
beforeAll(async () => {
  w = await world({ now: new Date('2026-11-22T04:00:00Z') })
})
afterAll(() => w.close())

const orgs = (dryRun: boolean) => input('组织信息.xlsx').then((file) => w.call(OWNER, 'organisation.importOrgs', { dryRun }, { file }))
const roster = (dryRun: boolean) =>
  input('党员基本信息汇总表.xlsx').then((file) => w.call(OWNER, 'members.importRoster', { dryRun }, { file }))

test('the list of organisations founds seven, with units and terms; the same file again changes nothing', async () => {
  const dry = await orgs(true)
  expect(dry.status, JSON.stringify(dry.body)).toBe(200)
  expect(dry.body).toMatchObject({ new: 7, changed: 0, unchanged: 0, wrong: 0 })
  expect(dry.facts).toEqual([])
  expect((await orgs(false)).body).toMatchObject({ new: 7, wrong: 0, also: [{ what: '行政单位', count: 9 }] })
  const again = await orgs(false)
  expect(again.body).toMatchObject({ new: 0, changed: 0, unchanged: 7, wrong: 0, also: [] })
  expect(again.facts).toEqual([])
})

test('of the roster 81 are new and exactly the five known rows are wrong; the dry run writes nothing; again changes nothing', async () => {
  const dry = await roster(true)
  expect(dry.status, JSON.stringify(dry.body)).toBe(200)
  expect(dry.facts).toEqual([])
  const wrongRows = [...new Set(dry.body.rows.filter((r) => r.level === 'wrong').map((r) => r.row))]
  expect(wrongRows).toEqual([14, 87, 88, 89, 90])
  expect(dry.body).toMatchObject({ new: 81, changed: 0, unchanged: 0, wrong: 5, skipped: 2 })
  expect((await sql`select from members.membership`.execute(w.db)).rows).toHaveLength(0)

  const real = await roster(false)
  expect(real.body).toEqual(dry.body)
  expect((await sql`select from members.membership`.execute(w.db)).rows).toHaveLength(81)
  const again = await roster(false)
  expect(again.body).toMatchObject({ new: 0, changed: 0, unchanged: 81, wrong: 5, skipped: 2 })
  expect(again.facts).toEqual([])
})

test('since when somebody is on the roster is the later of joining and founding, marked as derived', async () => {
  const { rows } = await sql<{ id: string }>`select id from organisation.org where name = '运输队党支部'`.execute(w.db)
  const people = await rosterOn(w.db, rows[0]!.id, '2025-06-30')
  expect(people.filter((p) => p.standing === 'fullMember')).toHaveLength(8)
  expect(people.filter((p) => p.standing === 'probationaryMember')).toHaveLength(1)
  expect(people.every((p) => p.inferred)).toBe(true)
  expect(await rosterOn(w.db, rows[0]!.id, '2015-06-30')).toEqual([])
})

test('identity numbers and telephones lie sealed: their digits stand nowhere in the tables', async () => {
  const { rows } = await sql<{ text: string }>`select f::text as text from members.profile f
    union all select f::text from ledger.fact f union all select f::text from kernel.audit f
    union all select f::text from kernel.idempotency f`.execute(w.db)
  const all = rows.map((r) => r.text).join('\n')
  expect(all).not.toContain('140102197110201219')
  expect(all).not.toContain('13900001001')
  expect(all).toContain('大学')
})

test('whose membership is suspended is not put on the roster; a post in the file is named, not given', async () => {
  const heads = '姓名,支部,人员类别,入党日期,工号,党籍状态,党内职务'
  const rows = ['停某,运输队党支部,正式党员,2012-07-01,T-1,停止党籍,', '职某,运输队党支部,正式党员,2012-07-01,T-2,正常,组织委员']
  const file = { name: '花名册.csv', data: Buffer.from(`\ufeff${[heads, ...rows].join('\n')}`) }
  const { body, facts } = await w.call(OWNER, 'members.importRoster', { dryRun: false }, { file })
  expect(body).toMatchObject({ new: 1, wrong: 1 })
  expect(body.rows.filter(({ level }) => level === 'wrong').map(({ row, problem }) => [row, problem])).toEqual([
    [2, '党籍状态是“停止党籍”，没有编入名册'],
  ])
  expect(body.rows.filter(({ row }) => row === 3).map(({ problem }) => problem)).toContainEqual(
    expect.stringContaining('党内职务“组织委员”没有登记'),
  )
  expect(facts.map(({ kind }) => kind)).toEqual(['membership.began'])
})
