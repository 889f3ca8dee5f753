import { mkdtemp, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { backup } from '#runtime/backup.ts'
import { openInstallation } from '../installation.ts'
import { FIXTURES, PASSPHRASE } from './fixtures.ts'

/**
 * Makes a small unit with something in every module and backs it up to `src/testing/fixtures/NAME.rjb`, once for each schema that is
 * released: `node src/testing/makeFixture.ts NAME`. Later programs must restore and migrate it (src/testing/fixtures.pure.test.ts).
 */
const name = process.argv[2]
if (!name) throw new Error('give the fixture a name, e.g. 0.1.0')
const home = await mkdtemp(join(tmpdir(), 'rj-fixture-'))
const installation = await openInstallation({ data: join(home, 'data'), databaseUrl: undefined }, { role: 'command' })
try {
  const { asConsole, folder, owner, sequencer } = installation
  const inputs = new URL('./inputs/', import.meta.url)
  const upload = async (file: string) => ({ fileName: basename(file), data: await readFile(new URL(encodeURIComponent(file), inputs)) })
  await asConsole('organisation.importOrgs', { dryRun: false }, await upload('组织信息.xlsx'))
  await asConsole('members.importRoster', { dryRun: false }, await upload('党员基本信息汇总表.xlsx'))
  await asConsole('meetings.importLedger', { dryRun: false }, await upload('三会一课台账2025.xlsx'))
  const { rows } = await installation.database.pool.query<{ id: string; parent_id: string | null }>(
    'select id, parent_id from organisation.org order by path',
  )
  const [root, branch] = [rows[0]!.id, rows.at(-1)!.id]
  const exemption = { duty: 'themePartyDay' as const, from: '2026-02-01', until: '2026-02-28', reason: '停产检修', approvedBy: '示例党委' }
  await asConsole('duties.exempt', { orgId: branch, ...exemption })
  const letter = { title: '关于换届选举的请示', body: '任期将满，拟进行换届选举。', letterNo: null }
  await asConsole('requests.send', { orgId: branch, kind: 'election', aboutId: null, ...letter })
  const work = { title: '配齐班中餐保温箱', text: '月底前配齐', source: 'direct' as const, lead: { orgId: branch, personId: null } }
  await asConsole('tasks.give', { orgId: root, ...work })
  const { id, version } = await asConsole('evaluation.copyShipped', { orgId: root, shipped: '00-branch-basics' })
  await asConsole('evaluation.publishScheme', { id, version, documentNo: '示例党发〔2026〕1号' })
  await sequencer.drain()
  const file = join(FIXTURES.pathname, `${name}.rjb`)
  console.log(JSON.stringify(await backup({ folder, database: owner, file, passphrase: PASSPHRASE })))
} finally {
  await installation.close()
  await rm(home, { recursive: true, force: true })
}
