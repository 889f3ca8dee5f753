import { execFile } from 'node:child_process'
import { cpus, loadavg } from 'node:os'
import { join } from 'node:path'
import { parseArgs, promisify } from 'node:util'
import type pg from 'pg'
import { attachOrStart, urlOf } from '#runtime/postgres.ts'
import { reactions } from '../src/platform.ts'
import { type Compared, running } from './beside.ts'
import { importing } from './importing.ts'
import { firstLoads, installed, sources } from './pages.ts'
import { duties, record, roster } from './requests.ts'
import { inDatabase, prepareSite, type Site } from './site.ts'
import { SIZES, type SizeName } from './sizes.ts'
import { starting } from './start.ts'
import { usableSeconds } from './usable.ts'
import { pagesOfTheYear } from './year.ts'

// As bin/node.mjs starts the product.
const AS_USERS = ['--max-semi-space-size=8']
const PARTS = ['requests', 'live', 'yearly', 'verify', 'year', 'roster', 'start', 'pages'] as const

const { values } = parseArgs({
  options: {
    size: { type: 'string', default: 'M' },
    only: { type: 'string', multiple: true, default: ['requests', 'live', 'pages'] },
    count: { type: 'string', default: '2000' },
    all: { type: 'boolean', default: false },
  },
})
/** What a yearly run is held beside: the same facts, read and grouped once. */
const GROUPED = `select org_id, body->'kinds'->>0 as kind, count(*), sum((body->>'present')::int) as present, sum((body->>'expected')::int) as expected
  from ledger.fact where kind = 'meeting.held' and happened_on between '2025-01-01' and '2025-12-31' group by 1, 2`

/** How many members a large group brings at once. */
const ROSTER = 100_000

const say = (line: string) => console.log(line)
const parts: readonly string[] = values.all ? PARTS : values.only
const sizes = (values.all ? Object.keys(SIZES) : [values.size]) as SizeName[]
const count = Number(values.count)

say(`${new Date().toISOString().slice(0, 16)}, ${cpus().length} cores (${cpus()[0]!.model}), load ${loadavg()[0]!.toFixed(1)}`)
for (const size of sizes) {
  if (!SIZES[size]) throw new RangeError(`--size is one of ${Object.keys(SIZES).join(', ')}`)
  const needsSite = ['requests', 'live', 'yearly', 'verify', 'year'].some((part) => parts.includes(part))
  if (needsSite) await measureUnit(await prepareSite(size, say), size)
}
if (parts.includes('roster')) say(`roster of ${ROSTER} new members imported: ${await importing(ROSTER)}`)
if (parts.includes('start')) {
  const { firstSeconds, nextSeconds, idleMb } = await starting()
  say(`start: first ${firstSeconds.toFixed(1)} s, next ${nextSeconds.toFixed(1)} s, idle ${idleMb.toFixed(0)} MB`)
}
if (parts.includes('pages')) await sayPages()

async function measureUnit(site: Site, size: SizeName) {
  if (parts.includes('requests') && size !== 'L') await measureRequests(site, size)
  if (parts.includes('live')) await inUnit(site, (app) => live(site, size, app))
  if (parts.includes('yearly')) await inUnit(site, (app) => yearly(size, app))
  if (parts.includes('year')) {
    await inUnit(site, skipTexts)
    await pagesOfTheYear(site, say)
  }
  if (parts.includes('verify')) say(`${size} verify: ${await program('ledger.ts', site.data)}`)
}

async function measureRequests(site: Site, size: SizeName) {
  const run = await running(site, [...site.officeLogins, ...site.secretaries.map((s) => s.login)])
  try {
    sayCompared(`${size} members.roster`, await roster(run, site, count))
    sayCompared(`${size} meetings.record`, await record(run, site, count))
    const { first, again } = await usableSeconds(run.ours.port)
    say(`sign-in can be used after ${first.toFixed(2)} s, and again after ${again.toFixed(2)} s`)
    const { p50, p99 } = await duties(run, site, count)
    say(`${size} duties.year of one branch: p50 ${p50.toFixed(1)} ms, p99 ${p99.toFixed(1)} ms`)
  } finally {
    await run.stop()
  }
}

function sayCompared(what: string, c: Compared) {
  say(
    `${what}: ratio ${c.ratio.toFixed(2)}; CPU-ms ours ${c.ours.toFixed(2)} (PostgreSQL ${c.oursPostgres.toFixed(2)}), ` +
      `bare ${c.bare.toFixed(2)} (${c.barePostgres.toFixed(2)}); rounds ${c.rounds.join(' ')}`,
  )
}

/** The score of one branch at 15, 30 and 60 indicators: it must not grow with the unit. */
async function live(site: Site, size: SizeName, app: pg.ClientConfig) {
  const branches = JSON.stringify(site.unit.branches.slice(0, 40).map((b) => b.id))
  for (const indicators of [15, 60])
    say(
      `${size} score of one branch, ${indicators} indicators: ${await program('live.ts', JSON.stringify(app), branches, '300', `${indicators}`)}`,
    )
}

/** The run over all branches, and beside it what PostgreSQL needs to group the same facts once. */
async function yearly(size: SizeName, app: pg.ClientConfig) {
  for (const [indicators, keep] of [
    ['60', 'keep'],
    ['60', ''],
    ['30', 'keep'],
  ])
    say(`${size} yearly run: ${await program('yearly.ts', JSON.stringify(app), indicators!, keep!)}`)
  await inDatabase(app, async (db) => {
    for (const temperature of ['first', 'again']) {
      const started = performance.now()
      const { rows } = await db.query(GROUPED)
      say(`${size} one grouped scan, ${temperature}: ${(performance.now() - started).toFixed(0)} ms, ${rows.length} groups`)
    }
  })
}

async function sayPages() {
  const { buildSeconds, signInKb, byPage } = await firstLoads()
  say(`page built in ${buildSeconds.toFixed(1)} s; first load gzipped: sign-in ${signInKb.toFixed(0)} kB`)
  for (const [name, kb] of byPage) say(`  ${name}: ${kb.toFixed(0)} kB`)
  const { packagesMb, postgresMb, pageMb } = installed()
  say(`installed: packages ${packagesMb} MB (of these PostgreSQL ${postgresMb} MB), page ${pageMb} MB`)
  const { byScheme, all } = await sources()
  for (const [file, from] of byScheme) say(`  ${file}: ${JSON.stringify(from)}`)
  say(`inputs of the shipped schemes by source: ${JSON.stringify(all)}`)
}

// Generated meetings have no texts: what would make the search from their facts has nothing to do.
async function skipTexts(app: pg.ClientConfig) {
  const skip = `insert into ledger.follower (name, n) select name, (select coalesce(max(n), 0) from ledger.entry)
    from unnest($1::text[]) as t(name) on conflict (name) do update set n = excluded.n`
  await inDatabase(app, (db) => db.query(skip, [reactions.map((r) => r.name)]))
}

async function inUnit(site: Site, use: (app: pg.ClientConfig) => Promise<void>) {
  const cluster = await attachOrStart(site.data)
  await use(urlOf(cluster, 'rongjian', 'app')).finally(cluster.stop)
}

/** Runs a program of this folder in a process of its own; answers what it printed. */
async function program(file: string, ...args: string[]): Promise<string> {
  const { stdout } = await promisify(execFile)(process.execPath, [...AS_USERS, join(import.meta.dirname, file), ...args], {
    maxBuffer: 1e7,
  })
  return stdout.trim()
}
