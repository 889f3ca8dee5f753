import { randomUUID } from 'node:crypto'
import { type Running, running, serverCpu } from './beside.ts'
import { client, percentile, type Shot } from './load.ts'
import { searching } from './searching.ts'
import type { Site } from './site.ts'

/** What one page costs on the server: how long until it was answered, and the processor time of node and PostgreSQL for it. */
interface Cost {
  what: string
  p50: number
  p99: number
  cpu: number
}

const ROUNDS = 60

/** The pages of a committee and of a branch at their real size, warm, one request after another; a deployment to all branches; the search. */
export async function pagesOfTheYear(site: Site, say: (cost: string) => void): Promise<void> {
  const run = await running(site, [site.rootLogin, ...site.secretaries.map((s) => s.login)])
  try {
    const root = site.unit.orgs[0]!
    const { branches } = site.unit
    const asRoot = run.signedIn[site.rootLogin]!
    const get = (login: Record<string, string>, path: string): Shot => ({ method: 'GET', path: `/api/${path}`, headers: login })
    const grid = (i: number) => {
      const after = branches[(i * 7919) % (branches.length - 40)]!.id
      return [get(asRoot, `duties.grid?orgId=${root.id}&year=2025&limit=30&after=${after}`)]
    }
    const branch = (i: number) => {
      const { login, branch } = site.secretaries[i % site.secretaries.length]!
      return { as: run.signedIn[login]!, id: branch.id }
    }
    const bench = (as: Record<string, string>, first: string, id: string) =>
      [first, 'tasks.mine?limit=5', 'tasks.mineCount', 'meetings.mine', `development.list?orgId=${id}&limit=3`, 'appraisals.list?limit=5',
       'notifications.count'].map((path) => get(as, path)) // biome-ignore format: one list
    const asked: [string, (i: number) => Shot[]][] = [
      [`grid of ${branches.length} branches, 12 months, all rules, a page of 30`, grid],
      ['duties of one branch and year', (i) => [get(branch(i).as, `duties.year?orgId=${branch(i).id}&year=2025`)]],
      ['workbench of a secretary', (i) => bench(branch(i).as, `duties.now?orgId=${branch(i).id}`, branch(i).id)],
      ['workbench of the whole group', () => bench(asRoot, `duties.overview?orgId=${root.id}`, root.id)],
    ]
    for (const [what, shots] of asked) say(line(site, await cost(run, what, shots)))
    say(await deployment(run, site))
    if (site.size !== 'L') for (const [what, shots] of await searching(run, site)) say(line(site, await cost(run, what, shots)))
  } finally {
    await run.stop()
  }
}

const line = ({ size }: Site, { what, p50, p99, cpu }: Cost) =>
  `${size} ${what}: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms, ${cpu.toFixed(1)} CPU-ms`

/** All requests of a page one after another, warm; times are of the whole page. */
async function cost(run: Running, what: string, shots: (i: number) => Shot[]): Promise<Cost> {
  const http = client(run.ours.port, 1)
  const page = async (i: number) => {
    for (const shot of shots(i)) {
      const { status, body } = await http.send(shot)
      if (status !== 200) throw new Error(`${shot.path} answered ${status}: ${body.slice(0, 300)}`)
    }
  }
  for (let i = 0; i < 5; i++) await page(i)
  const before = serverCpu(run)
  const took: number[] = []
  for (let i = 0; i < ROUNDS; i++) {
    const started = performance.now()
    await page(i)
    took.push(performance.now() - started)
  }
  const cpu = (serverCpu(run) - before) / ROUNDS
  http.close()
  return { what, p50: percentile(took, 50), p99: percentile(took, 99), cpu }
}

async function deployment(run: Running, site: Site): Promise<string> {
  const http = client(run.ours.port, 1)
  const headers = { ...run.signedIn[site.rootLogin]!, 'idempotency-key': randomUUID() }
  const body = {
    orgId: site.unit.orgs[0]!.id,
    title: '开展警示教育',
    text: '各支部组织一次警示教育，结合本支部岗位风险讨论，形成整改清单。',
    to: 'branches',
  }
  const term = { dueOn: '2027-06-30' }
  const before = serverCpu(run)
  const started = performance.now()
  const { status, body: said } = await http.send({
    method: 'POST',
    path: '/api/tasks.deploy',
    headers,
    body: JSON.stringify({ ...body, ...term }),
  })
  const took = performance.now() - started
  if (status !== 200) throw new Error(`tasks.deploy answered ${status}: ${said.slice(0, 300)}`)
  http.close()
  const { receivers } = JSON.parse(said)
  return `${site.size} deployment to ${receivers} branches: ${(took / 1000).toFixed(2)} s, ${((serverCpu(run) - before) / 1000).toFixed(2)} CPU-s`
}
