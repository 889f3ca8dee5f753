import { readFileSync } from 'node:fs'
import { join } from 'node:path'
import type pg from 'pg'
import { child } from './child.ts'
import { cpuOf } from './cpu.ts'
import { client, fire, median, type Shot } from './load.ts'
import { PASSWORD, type Site } from './site.ts'

/** Both servers on the same database, and people signed in at ours. */
export interface Running {
  ours: { pid: number; port: number }
  bare: { pid: number; port: number }
  postgres: number
  owner: pg.ClientConfig
  /** Headers of signed-in people, for queries and commands. */
  signedIn: Record<string, Record<string, string>>
  stop: () => Promise<void>
}

export async function running(site: Site, logins: readonly string[]): Promise<Running> {
  const ours = await child<{ port: number; app: pg.PoolConfig; owner: pg.ClientConfig }>('serve.ts', [site.data])
  const { host, port, user, database } = ours.said.app
  const bare = await child<{ port: number }>('bare.ts', [JSON.stringify({ host, port, user, database, ssl: false })])
  const postgres = Number(readFileSync(join(site.data, 'postgres/postmaster.pid'), 'utf8').split('\n')[0])
  const signedIn: Running['signedIn'] = {}
  for (const login of logins) signedIn[login] = await signIn(ours.said.port, login)
  return {
    ours: { pid: ours.pid, port: ours.said.port },
    bare: { pid: bare.pid, port: bare.said.port },
    postgres,
    owner: ours.said.owner,
    signedIn,
    stop: async () => {
      await bare.stop()
      await ours.stop()
    },
  }
}

async function signIn(port: number, login: string): Promise<Record<string, string>> {
  const { send, close } = client(port, 1)
  const body = JSON.stringify({ login, password: PASSWORD })
  const { status, headers, body: said } = await send({ method: 'POST', path: '/api/identity.signIn', headers: {}, body })
  close()
  const cookies = [headers['set-cookie'] ?? []].flat().map((c) => c.split(';')[0]!)
  const csrf = cookies.find((c) => c.startsWith('__Host-csrf='))?.split('=')[1]
  if (status !== 200 || !csrf) throw new Error(`signing in ${login} answered ${status}: ${said}`)
  return { cookie: cookies.join('; '), 'x-csrf': decodeURIComponent(csrf), accept: 'application/json' }
}

export interface Compared {
  /** Median processor milliseconds a request, node and PostgreSQL together. */
  ours: number
  bare: number
  /** Median of the ratios of the rounds. */
  ratio: number
  /** Of ours: what PostgreSQL used of it, and the median time a request took. */
  oursPostgres: number
  barePostgres: number
  oursMs: number
  bareMs: number
  rounds: string[]
}

interface Plan {
  ours: (i: number) => Shot
  bare: (i: number) => Shot
  count: number
  rounds?: number
}

const CONNECTIONS = 4
/** Both are warm before anything counts: code is compiled, statements are planned. */
const WARM = 800
/** The sequencer numbers within 200 ms what was committed: its work is waited for and counted. */
const SETTLE = 1500

/** Measures both in turns, several rounds, each of `count` requests; what the ledger does after commit is part of ours. */
export async function compare(run: Running, { ours, bare, count, rounds = 3 }: Plan): Promise<Compared> {
  const one = async (server: { pid: number; port: number }, shotOf: (i: number) => Shot, from: number, n: number) => {
    const http = client(server.port, CONNECTIONS)
    // The embedded server may be a child of ours: its time counts once, as PostgreSQL's.
    const nodeCpu = () => cpuOf(server.pid) - (isParent(server.pid, run.postgres) ? cpuOf(run.postgres) : 0)
    const before = { node: nodeCpu(), postgres: cpuOf(run.postgres) }
    const took = await fire(http, (i) => shotOf(from + i), n, CONNECTIONS)
    await new Promise((done) => setTimeout(done, SETTLE))
    const node = nodeCpu() - before.node
    const postgres = cpuOf(run.postgres) - before.postgres
    http.close()
    return { node: node / n, postgres: postgres / n, total: (node + postgres) / n, ms: median(took) }
  }
  await one(run.ours, ours, 0, WARM)
  await one(run.bare, bare, 0, WARM)
  const measured = []
  for (let round = 0; round < rounds; round++) {
    const from = WARM + round * count
    measured.push({ ours: await one(run.ours, ours, from, count), bare: await one(run.bare, bare, from, count) })
  }
  return {
    ours: median(measured.map((m) => m.ours.total)),
    bare: median(measured.map((m) => m.bare.total)),
    ratio: median(measured.map((m) => m.ours.total / m.bare.total)),
    oursPostgres: median(measured.map((m) => m.ours.postgres)),
    barePostgres: median(measured.map((m) => m.bare.postgres)),
    oursMs: median(measured.map((m) => m.ours.ms)),
    bareMs: median(measured.map((m) => m.bare.ms)),
    rounds: measured.map((m) => `${m.ours.total.toFixed(2)}/${m.bare.total.toFixed(2)}`),
  }
}

/** The embedded server is a child of the one that started it. */
const isParent = (pid: number, child: number): boolean => readFileSync(`/proc/${child}/status`, 'utf8').includes(`PPid:\t${pid}\n`)

/** Processor time of ours and of the database, whoever started it. */
export const serverCpu = ({ ours, postgres }: Running): number => cpuOf(ours.pid) + (isParent(ours.pid, postgres) ? 0 : cpuOf(postgres))
