import { execFileSync } from 'node:child_process'
import { chmod, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDataFolder } from './dataFolder.ts'
import { freeBallast, guardDisk, isDiskFull, restoreBallast } from './disk.ts'
import { startCluster, urlOf } from './postgres.ts'

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rongjian-test-'))
  await chmod(home, 0o755)
})
afterAll(() => rm(home, { recursive: true, force: true }))

it('tells a full disk from other errors', () => {
  const coded = (code: string) => Object.assign(new Error('x'), { code })
  expect([coded('53100'), coded('ENOSPC'), coded('EDQUOT'), new Error('No space left on device')].every(isDiskFull)).toBe(true)
  expect([coded('53200'), coded('EACCES'), new Error('x'), 'ENOSPC', undefined].some(isDiskFull)).toBe(false)
})

it('keeps a reserve that can be given back once', async () => {
  const folder = await openDataFolder(join(home, 'reserve'))
  expect([await restoreBallast(folder), await restoreBallast(folder)]).toEqual([true, true])
  const { size, blocks } = await stat(join(folder.root, 'ballast'))
  expect([size, blocks * 512 >= size]).toEqual([64 * 1024 * 1024, true])
  expect([await freeBallast(folder), await freeBallast(folder)]).toEqual([true, false])
})

describe.runIf(canMount())('a disk that fills up', () => {
  it('stops writing first, lets reading go on even after the database ran out of room, loses nothing, and recovers by itself', async () => {
    const disk = join(home, 'small')
    execFileSync('sh', ['-c', 'mkdir "$1" && mount -t tmpfs -o size=400m,mode=755 tmpfs "$1"', 'sh', disk])
    const lines: string[] = []
    const cluster = await startCluster(join(disk, 'data'), { log: (line) => lines.push(line) })
    const folder = await openDataFolder(join(disk, 'data'))
    const guard = await guardDisk(folder, (line) => lines.push(line), 20)
    const pool = new pg.Pool(urlOf(cluster, 'rongjian', 'owner'))
    const admin = new pg.Pool(urlOf(cluster, 'rongjian', 'superuser'))
    for (const each of [pool, admin]) each.on('error', () => {})
    const write = () => pool.query(`insert into kept select md5(random()::text) from generate_series(1, 1000)`)
    const count = async () => (await pool.query('select count(*)::int from kept')).rows[0].count
    try {
      await pool.query('create table kept (content text)')
      await write()
      expect(guard.low()).toBeNull()

      // Another program takes nearly everything: writing is refused before the database gets into trouble.
      await fill(join(disk, 'other'), 24)
      await expect.poll(guard.low).toMatch(/暂时只能查看/)
      await write()
      expect(await count()).toBe(2000)

      // It takes the rest, and somebody writes nevertheless: first a table, then PostgreSQL's own log finds no room.
      await fill(join(disk, 'rest'), 0)
      let acknowledged = 2000
      const push = async (what: () => Promise<pg.QueryResult>, added: number) => {
        for (;;) {
          await what()
          acknowledged += added
        }
      }
      await expect(push(write, 1000)).rejects.toSatisfy(isDiskFull)
      expect(await count()).toBe(acknowledged)
      await expect(push(() => admin.query(`select pg_logical_emit_message(false, 'x', repeat('x', 1000000))`), 0)).rejects.toThrow()
      await expect.poll(() => count().catch(String), { timeout: 20_000 }).toBe(acknowledged)
      expect(guard.low()).not.toBeNull()
      expect(lines).toContain('磁盘已满，已动用预留的空间来启动数据库')

      await Promise.all(['other', 'rest'].map((name) => rm(join(disk, name))))
      await expect.poll(guard.low).toBeNull()
      await write()
      expect(await count()).toBe(acknowledged + 1000)
      await expect.poll(() => stat(join(folder.root, 'ballast')).then(({ size }) => size)).toBe(64 * 1024 * 1024)
    } finally {
      guard.stop()
      await Promise.all([pool.end(), admin.end()])
      await cluster.stop()
      execFileSync('umount', [disk])
    }
  }, 60_000)
})

/** Writes until only so many megabytes are left. */
async function fill(path: string, leftMegabytes: number) {
  const left = Number(
    execFileSync('df', ['-Pk', join(path, '..')])
      .toString()
      .split('\n')[1]!
      .split(/\s+/)[3],
  )
  await writeFile(path, Buffer.alloc(Math.max(0, left - leftMegabytes * 1024) * 1024, 1))
}

function canMount(): boolean {
  try {
    execFileSync('sh', ['-c', 'd=$(mktemp -d) && mount -t tmpfs -o size=1m tmpfs "$d" && umount "$d" && rmdir "$d"'], { stdio: 'ignore' })
    return process.platform === 'linux'
  } catch {
    return false
  }
}
