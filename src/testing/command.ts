import { type ChildProcess, spawn } from 'node:child_process'
import { once } from 'node:events'
import { fileURLToPath } from 'node:url'

const main = fileURLToPath(new URL('../main.ts', import.meta.url))

export interface Ran {
  code: number | null
  out: string
  err: string
}

/** Starts the `rongjian` command in a process of its own. */
export const begin = (args: readonly string[], env: Record<string, string> = {}): ChildProcess =>
  spawn(process.execPath, [main, ...args], { env: { ...process.env, DATABASE_URL: '', ...env }, stdio: ['ignore', 'pipe', 'pipe'] })

/** Runs the `rongjian` command to its end. */
export async function command(args: readonly string[], env: Record<string, string> = {}): Promise<Ran> {
  const child = begin(args, env)
  const ran: Ran = { code: null, out: '', err: '' }
  child.stdout!.setEncoding('utf8').on('data', (text) => {
    ran.out += text
  })
  child.stderr!.setEncoding('utf8').on('data', (text) => {
    ran.err += text
  })
  await once(child, 'close')
  return { ...ran, code: child.exitCode }
}

/** Starts the service and answers when it listens: its address, and all it has written to standard error so far. */
export async function service(data: string, args: readonly string[] = ['--port', '0'], env: Record<string, string> = {}) {
  const child = begin(['start', '--data', data, ...args], env)
  const said = { text: '' }
  child.stdout!.resume()
  const address = await new Promise<string>((resolve, reject) => {
    child.stderr!.setEncoding('utf8').on('data', (text: string) => {
      said.text += text
      const found = /融建已启动：(\S+)/.exec(said.text)
      if (found) resolve(found[1]!)
    })
    child.once('close', () => reject(new Error(`the service ended: ${said.text}`)))
  })
  const ended = new Promise<void>((resolve) => child.once('close', () => resolve()))
  return {
    child,
    address,
    said,
    ended,
    async stop() {
      child.kill('SIGTERM')
      await ended
    },
  }
}
