import type { Command } from './command.ts'
import { migrateCommand } from './migrate.ts'
import { start } from './start.ts'

/** Every command by its name. */
export const commands: Record<string, Command> = {
  start,
  migrate: migrateCommand,
}
