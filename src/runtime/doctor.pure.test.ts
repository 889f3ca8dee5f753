import { chmod, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, expect, it } from 'vitest'
import { type DataFolder, openDataFolder } from './dataFolder.ts'
import { diagnose } from './doctor.ts'
import type { Check } from './finding.ts'
import { keyFile, loadKeys } from './keys.ts'
import { attachOrStart, type Cluster, urlOf } from './postgres.ts'
import { selfSignedTls } from './tls.ts'

let home: string
let folder: DataFolder
let cluster: Cluster
let owner: pg.PoolConfig
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rongjian-test-'))
  folder = await openDataFolder(join(home, 'data'))
  cluster = await attachOrStart(folder.root)
  owner = urlOf(cluster, 'rongjian', 'owner')
  await loadKeys(folder)
  await query(`create table history (id int); comment on table history is 'fact, append-only: what happened';
    grant select, insert on history to rongjian_app`)
})
afterAll(async () => {
  await cluster.stop()
  await rm(home, { recursive: true, force: true })
})

it('finds nothing bad in a fresh installation, and says what to do about each warning', async () => {
  const checks = await diagnose({ folder, owner })
  expect(checks.filter(({ level }) => level === 'bad')).toEqual([])
  for (const { level, remedy } of checks) expect(remedy !== undefined).toBe(level !== 'ok')
  expect(levelOf(checks, '备份')).toBe('warn')
  expect(checks.map(({ name }) => name)).toEqual(expect.arrayContaining(['数据库设置 fsync', '只增不改的表', '应用登录', '密钥', '时钟']))
})

it('finds each thing that is wrong, and that alone', async () => {
  const faults: [string, 'bad' | 'warn', () => Promise<unknown>, () => Promise<unknown>][] = [
    ['密钥', 'bad', () => chmod(keyFile(folder), 0o644), () => chmod(keyFile(folder), 0o600)],
    ['数据文件夹', 'bad', () => chmod(folder.root, 0o777), () => chmod(folder.root, 0o755)],
    [
      '只增不改的表',
      'bad',
      () => query('grant update (id) on history to rongjian_app'),
      () => query('revoke update (id) on history from rongjian_app'),
    ],
    [
      '应用登录',
      'bad',
      () => query('create table stray (id int); alter table stray owner to rongjian_app', 'superuser'),
      () => query('drop table stray', 'superuser'),
    ],
    [
      '数据库设置 synchronous_commit',
      'bad',
      () => query('alter role rongjian_owner set synchronous_commit = off', 'superuser'),
      () => query('alter role rongjian_owner reset synchronous_commit', 'superuser'),
    ],
    [
      '时钟',
      'bad',
      async () => {
        const future = new Date(Date.now() + 3_600_000)
        await writeFile(join(folder.heads, 'heads.ndjson'), '')
        await utimes(join(folder.heads, 'heads.ndjson'), future, future)
      },
      () => rm(join(folder.heads, 'heads.ndjson')),
    ],
    [
      '备份',
      'bad',
      () => writeFile(join(folder.backups, 'last.json'), JSON.stringify({ at: '2020-01-01T00:00:00Z', file: 'x' })),
      () => rm(join(folder.backups, 'last.json')),
    ],
    ['TLS 证书', 'warn', () => selfSignedTls(folder, 'localhost'), () => rm(join(folder.keys, 'tls.json'))],
  ]
  const before = await diagnose({ folder, owner })
  for (const [name, level, breaks, mends] of faults) {
    await breaks()
    const checks = await diagnose({ folder, owner })
    expect(levelOf(checks, name), name).toBe(level)
    const others = (all: Check[]) => all.filter((check) => check.name !== name).map((check) => [check.name, check.level])
    expect(others(checks), name).toEqual(others(before))
    await mends()
  }
  expect((await diagnose({ folder, owner })).map(({ level }) => level)).toEqual(before.map(({ level }) => level))
})

it('tells of a database that does not answer, and still checks the rest', async () => {
  const checks = await diagnose({ folder, owner: { ...owner, host: join(home, 'nowhere') } })
  expect(levelOf(checks, '数据库')).toBe('bad')
  expect(levelOf(checks, '密钥')).toBe('ok')
})

const levelOf = (checks: Check[], name: string) => checks.find((check) => check.name === name)?.level

async function query(sql: string, login: 'owner' | 'superuser' = 'owner') {
  const client = new pg.Client(urlOf(cluster, 'rongjian', login) as pg.ClientConfig)
  await client.connect()
  await client.query(sql).finally(() => client.end())
}
