import { type ChildProcess, fork } from 'node:child_process'
import { once } from 'node:events'
import { join } from 'node:path'

/** A server in a process of its own. */
export interface Child<Said> {
  pid: number
  said: Said
  stop: () => Promise<void>
}

/** Starts a program of this folder and waits until it says where it listens. */
export async function child<Said extends { port: number }>(file: string, args: readonly string[]): Promise<Child<Said>> {
  const started: ChildProcess = fork(join(import.meta.dirname, file), args, { stdio: ['ignore', 'inherit', 'inherit', 'ipc'] })
  const ended = once(started, 'exit')
  const said = await Promise.race([once(started, 'message'), ended.then(() => Promise.reject(new Error(`${file} ended`)))])
  return {
    pid: started.pid!,
    said: said[0] as Said,
    stop: async () => {
      started.send('stop')
      await ended
    },
  }
}
