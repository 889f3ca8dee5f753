import { mkdtemp, readdir, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { databaseSource } from '#ledger/databaseSource.ts'
import { verifyLedger } from '#ledger/verify.ts'
import { openInstallation } from '../installation.ts'
import { command } from './command.ts'
import { FIXTURES, PASSPHRASE } from './fixtures.ts'

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rj-fixtures-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

const fixtures = (await readdir(FIXTURES)).filter((f) => f.endsWith('.rjb'))

test('there is a fixture', () => expect(fixtures.length).toBeGreaterThan(0))

test.each(fixtures)('the database of %s is restored and brought to this schema with all it holds', { timeout: 120_000 }, async (file) => {
  const data = join(home, file)
  const env = { RONGJIAN_PASSPHRASE: PASSPHRASE }
  const restored = await command(['restore', join(FIXTURES.pathname, file), '--data', data, '--json'], env)
  expect(restored.code, restored.err).toBe(0)
  const { asConsole, owner, trust, folder, database, close } = await openInstallation({ data, databaseUrl: undefined }, { role: 'command' })
  try {
    const source = await databaseSource(owner)
    const report = await verifyLedger(source, { trust, heads: folder.heads }).finally(source.close)
    expect(report).toMatchObject({ ok: true, findings: [], waiting: 0 })
    expect(report.size).toBeGreaterThan(280)

    const { rows } = await database.pool.query(`select (select count(*)::int from organisation.org) as orgs,
      (select count(*)::int from members.membership) as members, (select count(*)::int from meetings.meeting) as meetings,
      (select count(*)::int from duties.exemption) as exemptions, (select count(*)::int from evaluation.scheme) as schemes`)
    expect(rows).toEqual([{ orgs: 7, members: 81, meetings: 144, exemptions: 1, schemes: 1 }])

    const { rows: orgs } = await database.pool.query<{ id: string }>('select id from organisation.org order by path')
    const roster = await asConsole('members.roster', { orgId: orgs[0]!.id })
    expect(roster.items.length).toBeGreaterThan(10)
    const { items } = await asConsole('evaluation.schemes', { orgId: orgs[0]!.id })
    expect(items.some((scheme) => scheme.state === 'published')).toBe(true)
  } finally {
    await close()
  }
})
