import { openDatabase } from '#kernel/database.ts'
import { migrate, migrationsOf } from '#kernel/migrate.ts'
import { storedOutside } from '#modules/files/published.ts'
import { closeAllSessions } from '#modules/identity/published.ts'
import { backup } from '#runtime/backup.ts'
import { openDataFolder } from '#runtime/dataFolder.ts'
import { attachOrStart, urlOf } from '#runtime/postgres.ts'
import { refusal } from '#runtime/refusal.ts'
import { restore } from '#runtime/restore.ts'
import { openInstallation, type Place } from '../installation.ts'
import { ownServer } from '../ownServer.ts'
import { schemaSources } from '../platform.ts'
import { type Command, textOf } from './command.ts'

const passphraseOption = { passphrase: { type: 'string' } } as const
const usage = '口令由环境变量 RONGJIAN_PASSPHRASE 或 --passphrase 给出'

export const backupCommand: Command = {
  title: `备份整个安装到一个加密文件，使用中也可以；${usage}`,
  usage: 'backup 文件',
  options: passphraseOption,
  async run({ place, values, positionals, out }) {
    const [file] = positionals
    if (!file) throw refusal('which-file', '请写明备份到哪个文件')
    const passphrase = passphraseFrom(textOf(values.passphrase))
    const installation = await openInstallation(place, { role: 'command', log: out.progress })
    try {
      await installation.sequencer.drain()
      const { folder, owner } = installation
      const manifest = await backup({ folder, database: owner, file, passphrase, log: out.progress })
      const outside = await storedOutside(installation.database.db)
      const bucket = outside > 0 ? `。有 ${outside} 个附件的内容在对象存储里，不在这个备份里，请在对象存储一侧另做备份` : ''
      out.answer(manifest, `已备份到 ${file}${bucket}`)
    } finally {
      await installation.close()
    }
    return 0
  },
}

export const restoreCommand: Command = {
  title: `把备份恢复到一个空的位置；${usage}`,
  usage: 'restore 文件 --data 空文件夹',
  options: passphraseOption,
  async run({ place, values, positionals, out }) {
    const [file] = positionals
    if (!file) throw refusal('which-file', '请写明要恢复的备份文件')
    const passphrase = passphraseFrom(textOf(values.passphrase))
    const folder = await openDataFolder(place.data)
    const { owner, stop } = await emptyDatabase(place, folder)
    try {
      const known = (await migrationsOf(schemaSources)).map((m) => m.name)
      const only = (names: readonly string[]) => migrate(owner, schemaSources, { only: names })
      const manifest = await restore({ folder, database: owner, file, passphrase, known, migrate: only, log: out.progress })
      const { db, close } = openDatabase(owner, { max: 1 })
      const outside = await closeAllSessions(db)
        .then(() => storedOutside(db).catch(() => 0))
        .finally(close)
      const bucket = outside > 0 ? `。有 ${outside} 个附件的内容在对象存储里，请核对 config/files.json 指向同一个桶` : ''
      out.answer(manifest, `已恢复，所有人都要重新登录。下一次启动会核对账本${bucket}`)
    } finally {
      await stop()
    }
    return 0
  },
}

async function emptyDatabase(place: Place, folder: Awaited<ReturnType<typeof openDataFolder>>) {
  if (place.databaseUrl) return ownServer(folder, place.databaseUrl)
  const cluster = await attachOrStart(place.data)
  return { owner: urlOf(cluster, 'rongjian', 'owner'), stop: cluster.stop }
}

function passphraseFrom(given: string | undefined): string {
  const passphrase = given ?? process.env.RONGJIAN_PASSPHRASE
  if (!passphrase) throw refusal('passphrase-missing', `没有给出备份口令。${usage}`)
  return passphrase
}
