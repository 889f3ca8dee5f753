import { openInstallation } from '../installation.ts'
import type { Command } from './command.ts'

export const migrateCommand: Command = {
  title: '把数据库升级到本程序的版本',
  usage: 'migrate [--data DIR]',
  options: {},
  async run({ place, out }) {
    const installation = await openInstallation(place, { role: 'command', log: out.progress })
    await installation.close()
    out.answer({ migrated: true }, '数据库已是本程序的版本')
    return 0
  },
}
