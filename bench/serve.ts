import { signInOf } from '#modules/identity/published.ts'
import { createLogger } from '#runtime/log.ts'
import { openInstallation } from '../src/installation.ts'
import { buildServer } from '../src/server.ts'

// The server as users run it, in a process of its own; tells its parent where it listens, and ends when told to.
const data = process.argv[2]!
const installation = await openInstallation({ data, databaseUrl: undefined }, { role: 'server' })
const app = await buildServer(installation, { logger: createLogger(), signIn: signInOf({ db: installation.database.db }) })
await app.listen({ host: '127.0.0.1', port: 0 })
const address = app.server.address()
process.send!({ port: typeof address === 'object' ? address!.port : 0, app: installation.database.pool.options, owner: installation.owner })
process.once('message', async () => {
  await app.close()
  await installation.close()
  process.exit(0)
})
