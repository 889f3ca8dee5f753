import { type ChildProcess, execFileSync, spawn } from 'node:child_process'
import { chmod, chown, cp, mkdir, mkdtemp, readdir, readFile, rename, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import pg from 'pg'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { binariesOf, copyPrograms } from './binaries.ts'
import { attachOrStart, type Cluster, type ClusterOptions, startCluster, urlOf } from './postgres.ts'

const isRoot = process.getuid?.() === 0
let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rongjian-test-'))
  await chmod(home, 0o755)
})
afterAll(() => rm(home, { recursive: true, force: true }))

describe('the database of a data folder', { timeout: 60_000 }, () => {
  it('is made on the first start with Chinese sorting, checksums, and an application login that owns nothing', async () => {
    await serving(
      join(home, 'first'),
      async (cluster) => {
        const owner = `create extension btree_gist; create table thing (name text); grant select, insert on thing to rongjian_app`
        await query(cluster, 'owner', owner)
        const settings = `select current_setting('data_checksums') as checksums, current_setting('fsync') as fsync,
        current_setting('listen_addresses') as tcp,
        (select array_agg(n order by n) from unnest(array['张', '李', '王', '安']) n) as sorted`
        const [facts] = await query(cluster, 'app', settings)
        expect(facts).toEqual({ checksums: 'on', fsync: 'on', tcp: '', sorted: ['安', '李', '王', '张'] })
        await expect(query(cluster, 'app', 'create table public.own (id int)')).rejects.toThrow(/permission denied/)
        await expect(query(cluster, 'app', 'delete from thing')).rejects.toThrow(/permission denied/)
        await expect(query(cluster, 'app', 'create temp table t (id int)')).rejects.toThrow(/permission denied/)
        const [roles] = await query(cluster, 'app', `select bool_or(rolsuper) as super from pg_roles where rolname like 'rongjian%'`)
        expect(roles).toEqual({ super: false })
      },
      {},
    )
    expect((await readdir(join(home, 'first'))).sort()).toEqual(['backups', 'heads', 'keys', 'postgres', 'postgres.log', 'rongjian.json'])
    for (const name of ['keys', 'heads', 'postgres']) expect((await stat(join(home, 'first', name))).mode & 0o077).toBe(0)
  })

  it('keeps what was written, also after the folder was moved, and never writes values into its log', async () => {
    const before = join(home, 'before')
    await serving(before, (cluster) => query(cluster, 'owner', `create table kept (note text unique); insert into kept values ('示例')`))
    await rename(before, join(home, 'after'))
    await serving(join(home, 'after'), async (cluster) => {
      expect(await query(cluster, 'owner', 'select note from kept')).toEqual([{ note: '示例' }])
      await expect(query(cluster, 'owner', `insert into kept values ('示例')`)).rejects.toThrow(/unique/)
    })
    expect(await readFile(join(home, 'after', 'postgres.log'), 'utf8')).not.toContain('示例')
  })

  it('works below a path longer than a socket address allows', async () => {
    const deep = join(home, '很长的路径'.repeat(8), '数据')
    await serving(deep, async (cluster) => {
      expect(Buffer.byteLength(cluster.host)).toBeLessThan(100)
      expect(await query(cluster, 'app', 'select 1 as one')).toEqual([{ one: 1 }])
    })
  })

  it('refuses a second service, from this process and from another, and leaves the first alone', async () => {
    const folder = join(home, 'twice')
    await serving(folder, async (cluster) => {
      await expect(startCluster(folder, { fast: true })).rejects.toThrow(
        new RegExp(`正由另一个融建服务使用（进程 ${process.pid}，.*启动）`),
      )
      const other = await childCluster(folder)
      expect(other.said).toContain(`进程 ${process.pid}`)
      expect(await query(cluster, 'app', 'select 1 as one')).toEqual([{ one: 1 }])
    })
    await serving(folder, async (cluster) => expect(cluster.adopted).toBe(false))
  })

  it('is used by commands while it runs, and started and stopped by them while it does not', async () => {
    const folder = join(home, 'commands')
    const [first, second] = await Promise.all([attachOrStart(folder, { fast: true }), attachOrStart(folder, { fast: true })])
    expect([first.adopted, second.adopted].sort()).toEqual([false, true])
    const pid = await first.pid()
    await (first.adopted ? second : first).stop()
    expect(await first.pid()).toBe(pid)
    await (first.adopted ? first : second).stop()
    expect(await first.pid()).toBeUndefined()

    await serving(folder, async (cluster) => {
      const command = await attachOrStart(folder)
      expect(command.adopted).toBe(true)
      await command.stop()
      expect(await query(cluster, 'app', 'select 1 as one')).toEqual([{ one: 1 }])
    })
  })
})

describe('after a crash', { timeout: 60_000 }, () => {
  it('the database that outlived its killed service is adopted, and stopped by the new one', async () => {
    const folder = join(home, 'orphan')
    const killed = await childCluster(folder)
    killed.child.kill('SIGKILL')
    const cluster = await startCluster(folder)
    expect(cluster.adopted).toBe(true)
    expect(String(await cluster.pid())).toBe(killed.said)
    await cluster.stop()
    expect(await cluster.pid()).toBeUndefined()
  })

  it('a service and database both killed lose nothing committed', async () => {
    const folder = join(home, 'both')
    const killed = await childCluster(folder, `await query('create table kept as select generate_series(1, 1000) as n')`)
    process.kill(Number(killed.said), 'SIGKILL')
    killed.child.kill('SIGKILL')
    await serving(folder, async (cluster) =>
      expect(await query(cluster, 'owner', 'select count(*)::int from kept')).toEqual([{ count: 1000 }]),
    )
  })

  it('a killed database is started again under its service', async () => {
    const lines: string[] = []
    const cluster = await startCluster(join(home, 'restart'), { log: (line) => lines.push(line) })
    await query(cluster, 'owner', 'create table kept as select 1 as n')
    const pid = (await cluster.pid())!
    process.kill(pid, 'SIGKILL')
    await expect.poll(() => lines.includes('数据库已重新启动'), { timeout: 20_000 }).toBe(true)
    expect(await cluster.pid()).not.toBe(pid)
    expect(await query(cluster, 'owner', 'select n from kept')).toEqual([{ n: 1 }])
    await expect(startCluster(join(home, 'restart'))).rejects.toThrow(/正由另一个融建服务使用/)
    await cluster.stop()
    expect(await cluster.pid()).toBeUndefined()
  })

  it('a process that later got the number of the dead database is not taken for it', async () => {
    const folder = join(home, 'reused')
    await serving(folder, async () => {})
    await writeFile(join(folder, 'postgres', 'postmaster.pid'), `${process.pid}\n${folder}\n1\n5432\n.\n`)
    await serving(folder, async (cluster) => expect(cluster.adopted).toBe(false))
  })

  it('a Ctrl-C in the terminal reaches the service but not the database', async () => {
    const { child, said } = await childCluster(join(home, 'terminal'), '', { detached: true })
    const gone = new Promise((done) => child.on('exit', done))
    process.kill(-child.pid!, 'SIGINT')
    await gone
    const cluster = await startCluster(join(home, 'terminal'))
    expect([cluster.adopted, String(await cluster.pid())]).toEqual([true, said])
    await cluster.stop()
  })
})

describe('a folder that is not ours to open', { timeout: 60_000 }, () => {
  it('is refused with other content, a newer format or another PostgreSQL, and stays as it was', async () => {
    const foreign = join(home, 'foreign')
    await mkdir(foreign)
    await writeFile(join(foreign, '照片.txt'), 'x')
    await expect(startCluster(foreign)).rejects.toThrow(/不是融建的数据文件夹/)
    expect(await readdir(foreign)).toEqual(['照片.txt'])

    const newer = join(home, 'newer')
    await mkdir(newer)
    await writeFile(join(newer, 'rongjian.json'), '{"format":2}')
    await expect(startCluster(newer)).rejects.toThrow(/更新版本/)
    expect(await readdir(newer)).toEqual(['rongjian.json'])

    const older = join(home, 'older')
    await serving(older, async () => {}, { version: 15, fast: true })
    await expect(startCluster(older)).rejects.toThrow(/PostgreSQL 15 写成/)
  })
})

describe.runIf(isRoot)('as root or not', { timeout: 60_000 }, () => {
  const daemon = 1

  it('root runs the database as an unprivileged user, even in a home that only root may enter', async () => {
    await mkdir(join(home, 'roothome'), { mode: 0o700 })
    await serving(join(home, 'roothome', 'data'), async (cluster) => {
      expect((await stat(`/proc/${await cluster.pid()}`)).uid).toBe(65534)
      expect((await stat(join(home, 'roothome', 'data', 'keys'))).uid).toBe(0)
      expect(await query(cluster, 'app', 'select 1 as one')).toEqual([{ one: 1 }])
    })
  })

  it.each(['root', 'daemon'])('in a folder of another user it runs as that user, begun by %s and continued by the other', async (first) => {
    const folder = join(home, `begun-by-${first}`)
    await mkdir(folder)
    await chown(folder, daemon, daemon)
    for (const uid of first === 'root' ? [0, daemon] : [daemon, 0, daemon]) {
      const { child, said } = await childCluster(folder, '', { uid, gid: uid })
      expect(said).toMatch(/^\d+$/)
      expect((await stat(`/proc/${said}`)).uid).toBe(daemon)
      await stopped(child)
      for (const name of await readdir(folder)) expect((await stat(join(folder, name))).uid, name).toBe(daemon)
    }
  })

  it('the programs are copied so that others can run them, when they lie in a home that only root may enter', async () => {
    const locked = join(home, 'locked')
    await mkdir(locked, { mode: 0o700 })
    await cp(await binariesOf(18, home, false), join(locked, 'native'), { recursive: true, verbatimSymlinks: true })
    await chmod(join(locked, 'native', 'lib', 'libpq.so.5.18'), 0o600)
    const copy = await copyPrograms(join(locked, 'native'), join(home, 'copies', 'postgres'))
    const run = (programs: string) => execFileSync(join(programs, 'bin', 'initdb'), ['--version'], { uid: daemon, stdio: 'pipe' })
    expect(run(copy).toString()).toContain('18.')
    expect(() => run(join(locked, 'native'))).toThrow(/EACCES/)
    expect(await copyPrograms(join(locked, 'native'), copy)).toBe(copy)
  })

  it('a user without rights to the folder is told so', async () => {
    const folder = join(home, 'rootsown')
    await serving(folder, async () => {})
    const { said } = await childCluster(folder, '', { uid: daemon, gid: daemon })
    expect(said).toMatch(/无权/)
  })
})

async function serving(folder: string, use: (cluster: Cluster) => Promise<unknown>, options: ClusterOptions = { fast: true }) {
  const cluster = await startCluster(folder, options)
  await use(cluster).finally(cluster.stop)
}

async function query(cluster: Cluster, login: 'owner' | 'app', sql: string) {
  const client = new pg.Client(urlOf(cluster, 'rongjian', login) as pg.ClientConfig)
  await client.connect()
  return client
    .query(sql)
    .then(({ rows }) => rows)
    .finally(() => client.end())
}

/** A service in its own process: says the database's process id, or why it was refused, and stops on the end of its input. */
async function childCluster(folder: string, before = '', options: { uid?: number; gid?: number; detached?: boolean } = {}) {
  const script = `
    import pg from 'pg'
    import { startCluster, urlOf } from '#runtime/postgres.ts'
    try {
      const cluster = await startCluster(${JSON.stringify(folder)})
      const query = async (sql) => {
        const client = new pg.Client(urlOf(cluster, 'rongjian', 'owner'))
        await client.connect()
        await client.query(sql)
        await client.end()
      }
      ${before}
      console.log(await cluster.pid())
      process.stdin.on('end', cluster.stop).resume()
    } catch (error) { console.log(error.message) }`
  const args = ['--input-type=module-typescript', '-e', script]
  const child = spawn(process.execPath, args, { ...options, cwd: process.cwd(), stdio: ['pipe', 'pipe', 'inherit'] })
  const said = await new Promise<string>((done) => child.stdout!.once('data', (chunk: Buffer) => done(chunk.toString().trim())))
  return { child, said }
}

async function stopped(child: ChildProcess) {
  const gone = new Promise((done) => child.on('exit', done))
  child.stdin!.end()
  await gone
}
