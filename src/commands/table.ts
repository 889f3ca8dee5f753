import { backupCommand, restoreCommand } from './backup.ts'
import { build } from './build.ts'
import type { Command } from './command.ts'
import { demo } from './demo.ts'
import { doctor } from './doctor.ts'
import { evaluateCommand } from './evaluate.ts'
import { importCommand } from './import.ts'
import { exportCommand, verifyCommand } from './ledger.ts'
import { migrateCommand } from './migrate.ts'
import { resetPassword } from './resetPassword.ts'
import { scheme } from './scheme.ts'
import { start } from './start.ts'

/** Every command by its name. */
export const commands: Record<string, Command> = {
  start,
  demo,
  import: importCommand,
  scheme,
  evaluate: evaluateCommand,
  verify: verifyCommand,
  export: exportCommand,
  backup: backupCommand,
  restore: restoreCommand,
  migrate: migrateCommand,
  'reset-password': resetPassword,
  doctor,
  build,
}
