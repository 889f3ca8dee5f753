import { spawn } from 'node:child_process'
import { createWriteStream } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { writeXlsx } from '#runtime/sheets/write.ts'
import { childrenOf, cpuOf, peakMemoryOf } from './cpu.ts'

const ROOT = join(import.meta.dirname, '..')
const BRANCH_OF = 22

/** Organisations and a roster of so many members brought in by the command line, as an office does; by the clock, processor and memory. */
export async function importing(members: number): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'rongjian-import-'))
  try {
    const [orgs, roster] = [join(folder, 'orgs.xlsx'), join(folder, 'roster.xlsx')]
    const branches = Math.ceil(members / BRANCH_OF)
    await book(orgs, ['党组织名称', '上级党组织', '组织类型'], orgRows(branches))
    await book(roster, ['姓名', '所在党支部', '人员类别', '入党日期', '转正日期', '性别', '工号'], rosterRows(members))
    const data = join(folder, 'data')
    await command('import', 'orgs', orgs, '--data', data)
    const { seconds, cpuSeconds, peakMb } = await command('import', 'roster', roster, '--data', data)
    return `${seconds.toFixed(0)} s by the clock, ${cpuSeconds.toFixed(0)} CPU-s, peak of node ${peakMb.toFixed(0)} MB`
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const book = (file: string, titles: string[], rows: Iterable<string[]>) =>
  pipeline(writeXlsx([{ name: '表', columns: titles.map((title) => ({ title })), rows }]), createWriteStream(file))

function* orgRows(branches: number): Generator<string[]> {
  yield ['示例集团党委', '', '党委']
  for (let i = 0; i < branches; i++) yield [`第${i + 1}党支部`, '示例集团党委', '党支部']
}

function* rosterRows(members: number): Generator<string[]> {
  for (let i = 0; i < members; i++) {
    const year = 1980 + (i % 40)
    const name = `${'王李张刘陈杨赵黄周吴'[i % 10]}${String.fromCodePoint(0x4e00 + ((i * 7919) % 3000))}${String.fromCodePoint(0x5000 + ((i * 104729) % 3000))}`
    yield [
      name,
      `第${Math.floor(i / BRANCH_OF) + 1}党支部`,
      '正式党员',
      `${year}-07-01`,
      `${year + 1}-07-01`,
      i % 3 ? '男' : '女',
      `G${100000 + i}`,
    ]
  }
}

async function command(...args: string[]): Promise<{ seconds: number; cpuSeconds: number; peakMb: number }> {
  const started = performance.now()
  const run = spawn(process.execPath, ['bin/node.mjs', 'src/main.ts', ...args], { cwd: ROOT, stdio: ['ignore', 'ignore', 'pipe'] })
  let [cpu, peak, said] = [0, 0, '']
  run.stderr.on('data', (text: Buffer) => (said += text))
  const look = setInterval(() => {
    cpu = Math.max(cpu, cpuOf(run.pid!))
    for (const pid of childrenOf(run.pid!))
      peak = Math.max(
        peak,
        quiet(() => peakMemoryOf(pid)),
      )
  }, 200)
  const code = await new Promise((ended) => run.once('exit', ended)).finally(() => clearInterval(look))
  if (code !== 0) throw new Error(`${args.slice(0, 2).join(' ')} ended with ${code}: ${said.slice(-500)}`)
  return { seconds: (performance.now() - started) / 1000, cpuSeconds: cpu / 1000, peakMb: peak }
}

/** A process that has just ended uses nothing. */
function quiet(look: () => number): number {
  try {
    return look()
  } catch {
    return 0
  }
}
