import { spawn } from 'node:child_process'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPage } from '#runtime/page.ts'
import { childrenOf, memoryOf } from './cpu.ts'

export interface Started {
  firstSeconds: number
  nextSeconds: number
  idleMb: number
}

/** How long `start` takes until its address is printed: in an empty folder, and again; and its memory once it is idle. */
export async function starting(): Promise<Started> {
  await buildPage()
  const folder = await mkdtemp(join(tmpdir(), 'rongjian-start-'))
  try {
    const first = await startOnce(folder)
    const next = await startOnce(folder)
    return { firstSeconds: first.seconds, nextSeconds: next.seconds, idleMb: next.idleMb }
  } finally {
    await rm(folder, { recursive: true, force: true })
  }
}

const IDLE = 5000
const ROOT = join(import.meta.dirname, '..')

async function startOnce(folder: string): Promise<{ seconds: number; idleMb: number }> {
  const started = performance.now()
  const start = ['bin/node.mjs', 'src/main.ts', 'start', '--port', '0', '--data', folder]
  const starter = spawn(process.execPath, start, { cwd: ROOT, stdio: ['ignore', 'pipe', 'pipe'] })
  const seconds = await new Promise<number>((up, failed) => {
    const heard = (text: Buffer) => {
      if (/https?:\/\//.test(text.toString())) up((performance.now() - started) / 1000)
    }
    starter.stdout.on('data', heard)
    starter.stderr.on('data', heard)
    starter.on('exit', (code) => failed(new Error(`start ended with ${code}`)))
  })
  await new Promise((done) => setTimeout(done, IDLE))
  const idleMb = memoryOf(childrenOf(starter.pid!)[0]!)
  starter.removeAllListeners('exit')
  const ended = new Promise((done) => starter.once('exit', done))
  starter.kill('SIGTERM')
  await ended
  return { seconds, idleMb }
}
