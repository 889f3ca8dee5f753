import type { ParseArgsConfig } from 'node:util'
import type { Place } from '../installation.ts'
import type { Out } from './out.ts'

export interface Given {
  place: Place
  values: Record<string, string | boolean | (string | boolean)[] | undefined>
  positionals: string[]
  out: Out
}

/** One command of the command line. `run` answers the exit code, 0 when it answers nothing. */
export interface Command {
  title: string
  usage: string
  options: NonNullable<ParseArgsConfig['options']>
  run(given: Given): Promise<number | undefined>
}

export const textOf = (value: Given['values'][string]): string | undefined => (typeof value === 'string' ? value : undefined)
