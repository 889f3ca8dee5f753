import { readdirSync, readFileSync } from 'node:fs'

/** Processor time in milliseconds that a process and everything it started has used so far, children that have ended included. */
export function cpuOf(pid: number): number {
  const own = statOf(pid)
  if (!own) return 0
  const living = childrenOf(pid).reduce((sum, child) => sum + cpuOf(child), 0)
  return own.self + own.ended + living
}

/** Resident memory in megabytes. */
export const memoryOf = (pid: number): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

/** The most it ever was. */
export const peakMemoryOf = (pid: number): number => Number(/VmHWM:\s+(\d+)/.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))![1]) / 1024

const TICK = 10

function statOf(pid: number): { self: number; ended: number } | undefined {
  try {
    const fields = readFileSync(`/proc/${pid}/stat`, 'utf8').split(') ')[1]!.split(' ').map(Number)
    const [user, system, endedUser, endedSystem] = fields.slice(11, 15) as [number, number, number, number]
    return { self: (user + system) * TICK, ended: (endedUser + endedSystem) * TICK }
  } catch {
    return undefined
  }
}

/** The processes that a process has started and that still run. */
export const childrenOf = (pid: number): number[] =>
  readdirSync(`/proc/${pid}/task`).flatMap((task) => {
    try {
      return readFileSync(`/proc/${pid}/task/${task}/children`, 'utf8').split(' ').filter(Boolean).map(Number)
    } catch {
      return []
    }
  })
