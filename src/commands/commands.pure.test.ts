import { readdirSync } from 'node:fs'
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { gunzipSync, gzipSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { command, service } from '#testing/command.ts'

const inputs = new URL('../testing/inputs/', import.meta.url)
const fileOf = (start: string) => join(inputs.pathname, decodeURI(readdirSync(inputs).find((f) => f.startsWith(start))!))
const files = { orgs: fileOf('组织'), roster: fileOf('党员'), meetings: fileOf('三会') }
const PASSPHRASE = { RONGJIAN_PASSPHRASE: '备份口令-只为测试之用' }

let home: string
let data: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rj-command-'))
  data = join(home, 'data')
})
afterAll(() => rm(home, { recursive: true, force: true }))

/** Runs a command with --json: standard output must be one document and nothing else. */
async function asked(args: readonly string[], { code = 0, folder = data, env = {} } = {}) {
  const ran = await command([...args, '--data', folder, '--json'], env)
  expect(ran.code, ran.err).toBe(code)
  return code === 0 ? JSON.parse(ran.out) : ran
}

const counts = ({ new: fresh, changed, unchanged, wrong, warned, skipped }: any) => ({ fresh, changed, unchanged, wrong, warned, skipped })
const none = { fresh: 0, changed: 0, unchanged: 0, wrong: 0, warned: 0, skipped: 0 }

describe('import of the three files of one unit', { timeout: 180_000 }, () => {
  test.each([
    ['orgs', { fresh: 7 }],
    ['roster', { fresh: 81, wrong: 5, warned: 1, skipped: 2 }],
    ['meetings', { fresh: 144, warned: 21 }],
  ] as const)('%s: told, done, and nothing changes the second time', async (kind, expected) => {
    const dry = await asked(['import', kind, files[kind], '--dry-run'])
    expect(counts(dry)).toEqual({ ...none, ...expected })
    const real = await asked(['import', kind, files[kind]])
    expect(counts(real)).toEqual(counts(dry))
    expect(real.rows).toEqual(dry.rows)
    const again = await asked(['import', kind, files[kind]])
    expect(counts(again)).toMatchObject({ fresh: 0, changed: 0, unchanged: expected.fresh })
    expect(again.wrong).toBe(real.wrong)
  })

  test('the wrong rows of the roster are named with their cells, and what to do', async () => {
    const { rows } = await asked(['import', 'roster', files.roster, '--dry-run'])
    const wrong = rows.filter((r: any) => r.level === 'wrong')
    expect([...new Set(wrong.map((r: any) => r.row))]).toEqual([14, 87, 88, 89, 90])
    for (const row of rows) expect(row).toMatchObject({ column: expect.stringMatching(/^[A-Z]+$/), remedy: expect.stringMatching(/.{4}/) })
  })
})

/** The truth about 2025, as the papers that came with the files say. */
const KNOWN = {
  综采一队党支部: { 主题党日: ['2025-07', '2025-08'] },
  运输队党支部: { 支委会: Array.from({ length: 12 }, (_, i) => `2025-${String(i + 1).padStart(2, '0')}`) },
  机电队党支部: { 党员大会: ['2025-Q3'] },
  机关第二党支部: { 党课: ['2025-Q2'] },
}

describe('evaluation of 2025', { timeout: 180_000 }, () => {
  const evaluate = ['evaluate', '--scheme', '00-branch-basics.yaml', '--period', '2025']
  let bytes: string
  let file: string

  test('finds exactly what is known to be missing, each with a sentence, and everything else met by facts', async () => {
    file = join(home, 'result.json')
    const ran = await command([...evaluate, '--out', file, '--data', data, '--json'])
    expect(ran.code, ran.err).toBe(0)
    bytes = ran.out
    expect(await readFile(file, 'utf8')).toBe(bytes)
    const { objects } = JSON.parse(bytes)
    expect(objects).toHaveLength(5)
    const missing: Record<string, Record<string, string[]>> = {}
    for (const { org, items } of objects)
      for (const { name, score, max, sentence, cases } of items) {
        const short = cases.filter((c: any) => Number(c.met) < Number(c.expected))
        if (short.length > 0) missing[org.name] = { ...missing[org.name], [name]: short.map((c: any) => c.period) }
        else if (score !== null) expect(score, `${org.name} ${name}`).toBe(max)
        expect(sentence).toMatch(score === null ? /[\u4e00-\u9fff]{3}/ : /\d+ 次.*得 [\d.]+ 分（满分 5）/)
        for (const c of cases) expect(c.facts.length, `${org.name} ${name} ${c.period}`).toBeGreaterThanOrEqual(Number(c.met) > 0 ? 1 : 0)
      }
    expect(missing).toEqual(KNOWN)
  })

  test('the same arguments give the same bytes, and the command records nothing', async () => {
    const before = await asked(['verify'])
    const again = await command([...evaluate, '--data', data, '--json'])
    expect(again.out).toBe(bytes)
    expect((await asked(['verify'])).size).toBe(before.size)
  })

  test('--verify says equal, and of an altered result the first place that differs', async () => {
    expect(await asked(['evaluate', '--verify', file])).toEqual({ equal: true })
    const altered = JSON.parse(bytes)
    const item = altered.objects[2].items[1]
    item.score = item.score === '3' ? '4' : '3'
    const other = join(home, 'altered.json')
    await writeFile(other, JSON.stringify(altered))
    const ran = await command(['evaluate', '--verify', other, '--data', data, '--json'])
    expect([ran.code, JSON.parse(ran.out).equal]).toEqual([1, false])
    expect(JSON.parse(ran.out).differsAt).toMatch(/objects.*2.*items.*1.*score/)
  })

  test('a backup restored into an empty folder evaluates to the same bytes; it is restored nowhere else', async () => {
    const backup = join(home, 'unit.rjb')
    const manifest = await asked(['backup', backup], { env: PASSPHRASE })
    expect(manifest).toBeTypeOf('object')
    const folder = join(home, 'restored')
    await asked(['restore', backup], { folder, env: PASSPHRASE })
    expect((await command([...evaluate, '--data', folder, '--json'])).out).toBe(bytes)
    expect(await asked(['verify'], { folder })).toMatchObject({ ok: true, findings: [] })
    expect((await command(['restore', backup, '--data', data], PASSPHRASE)).code, 'not over another').toBe(1)
    const wrong = await command(['restore', backup, '--data', join(home, 'other')], { RONGJIAN_PASSPHRASE: '不是这个口令' })
    expect([wrong.code, wrong.out]).toEqual([1, ''])
    expect(wrong.err).toMatch(/口令/)
  })
})

describe('the ledger', { timeout: 120_000 }, () => {
  test('holds; exported it is verified without the database; an altered export is found', async () => {
    const here = await asked(['verify'])
    expect(here).toMatchObject({ ok: true, findings: [] })
    const file = join(home, 'ledger.ndjson')
    expect(await asked(['export', 'ledger', file])).toMatchObject({ facts: here.size })
    const nowhere = join(home, 'nowhere')
    expect(await asked(['verify', file], { folder: nowhere })).toMatchObject({ ok: true, size: here.size })
    const text = gunzipSync(await readFile(file)).toString()
    const altered = text.replace(/2025-0\d-\d\d/, '2024-01-01')
    expect(altered).not.toBe(text)
    await writeFile(file, gzipSync(altered))
    const found = await command(['verify', file, '--data', nowhere, '--json'])
    expect([found.code, JSON.parse(found.out).ok]).toEqual([1, false])
  })
})

describe('the command line', { timeout: 120_000 }, () => {
  test.each([
    [['nothing-like-this'], /没有 nothing-like-this 这个命令/],
    [['import', 'people', 'x.xlsx'], /请写明导入什么/],
    [['import', 'roster', 'no-such-file.xlsx'], /没有找到文件/],
    [['evaluate', '--scheme', '00-branch-basics.yaml'], /--period/],
    [['verify', '--no-such-option'], /参数不对/],
    [['backup', 'x.rjb'], /口令/],
  ])('%j is refused with a reason on standard error and 1', async (args, reason) => {
    const ran = await command([...args, '--data', data, '--json'], { RONGJIAN_PASSPHRASE: '' })
    expect([ran.code, ran.out]).toEqual([1, ''])
    expect(ran.err).toMatch(reason)
    expect(ran.err).not.toMatch(/\n\s+at /)
  })

  test('every scheme that is shipped is checked with exit 0 and its contradictions named', async () => {
    const folder = new URL('../modules/evaluation/schemes/', import.meta.url)
    const some = readdirSync(folder).filter((f) => /^(00|04|15|30-1)/.test(f))
    for (const name of some) {
      const report = await asked(['scheme', 'check', name])
      expect(report).toMatchObject({ name: expect.any(String), fingerprint: expect.any(String), warnings: expect.any(Array) })
    }
  })

  test('a second service in the same folder is refused; other commands join the one that runs; doctor looks at all', async () => {
    const first = await service(data)
    try {
      const second = await command(['start', '--data', data, '--port', '0'])
      expect(second.code).toBe(1)
      expect(second.err).toMatch(/[\u4e00-\u9fff]/)
      expect(second.err).not.toMatch(/\n\s+at /)
      expect((await fetch(`${first.address}/readyz`)).status).toBe(200)
      expect(await asked(['verify'])).toMatchObject({ ok: true })
      const doctor = await command(['doctor', '--data', data, '--json'])
      expect(JSON.parse(doctor.out)).toBeTypeOf('object')
    } finally {
      await first.stop()
    }
    expect(first.child.exitCode).toBe(0)
  })
})
