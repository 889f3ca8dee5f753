import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { firstRunCode, signInOf } from '#modules/identity/published.ts'
import { buildPage } from '#runtime/page.ts'
import { isLoopback, selfSignedTls } from '#runtime/tls.ts'
import { openInstallation } from '../../installation.ts'
import { buildServer } from '../../server.ts'

/** The product as a unit installs it, with its own embedded database in an empty folder, serving the built page at this address. */
export async function installed(host = '127.0.0.1') {
  await buildPage()
  const folder = await mkdtemp(join(tmpdir(), 'rj-installed-'))
  const installation = await openInstallation({ data: folder, databaseUrl: undefined }, { role: 'server' })
  const { database } = installation
  const tls = isLoopback(host) ? undefined : await selfSignedTls(installation.folder, host)
  const app = await buildServer(installation, { signIn: signInOf({ db: database.db }), ...(tls ? { tls } : {}) })
  return {
    url: await app.listen({ host, port: 0 }),
    installation,
    /** What the first start prints. */
    code: (await firstRunCode(database.db))!,
    async close() {
      await app.close()
      await installation.close()
      await rm(folder, { recursive: true, force: true })
    },
  }
}
