import { randomUUID } from 'node:crypto'
import { userInfo } from 'node:os'
import type pg from 'pg'
import { z } from 'zod'
import { Actor, type Grant } from '#kernel/actor.ts'
import { type Database, openDatabase } from '#kernel/database.ts'
import { migrate } from '#kernel/migrate.ts'
import type { Module } from '#kernel/module.ts'
import { type AnyOperation, anyone, type Ctx, command, type Upload } from '#kernel/operation.ts'
import { type Pipeline, perform } from '#kernel/perform.ts'
import { ledgerState, openEpoch } from '#ledger/epoch.ts'
import { writeFacts } from '#ledger/facts.ts'
import { startFollowers } from '#ledger/reactions.ts'
import { type Sequencer, startSequencer } from '#ledger/sequencer.ts'
import { publicKeysOf, signerOf, type Trust, trustIn } from '#ledger/signing.ts'
import { verifyAside } from '#ledger/verifyAside.ts'
import { ledgerServices } from '#modules/ledger/published.ts'
import { channelsOf } from '#modules/notifications/published.ts'
import { type DataFolder, openDataFolder } from '#runtime/dataFolder.ts'
import { guardDisk } from '#runtime/disk.ts'
import { type Keys, loadKeys } from '#runtime/keys.ts'
import { objectStoreOf } from '#runtime/objectStore.ts'
import { attachOrStart, type Cluster, startCluster, urlOf } from '#runtime/postgres.ts'
import { backupFirst } from './backupFirst.ts'
import { assertFieldKeys } from './fieldKeys.ts'
import { ownServer } from './ownServer.ts'
import { type Api, modules, reactions, schemaSources } from './platform.ts'
import { oidcOf, setServices } from './services.ts'

export interface Place {
  /** The data folder: embedded PostgreSQL, keys, heads, backups. */
  data: string
  /** A PostgreSQL server instead of the embedded one: its owner's address. */
  databaseUrl: string | undefined
}

/** The product opened on its data: everything a command or the server works with. */
export interface Installation {
  folder: DataFolder
  keys: Keys
  /** Whose signatures on heads count: every key this installation ever signed with. */
  trust: Trust
  /** Opens a new epoch in the name of two officers, after an older database was restored; then it may be written again. */
  openEpochBy(officers: [string, string]): Promise<void>
  database: Database
  owner: pg.PoolConfig
  /** The runtime login, without ownership. */
  app: pg.PoolConfig
  pipeline: Pipeline
  sequencer: Sequencer
  /** Performs an operation as the installation's owner on the console, audited with the operating-system user. */
  asConsole<N extends keyof Api>(operation: N, input: Api[N]['input'], upload?: Upload): Promise<Api[N]['output']>
  close(): Promise<void>
}

export interface OpenOptions {
  /** The server claims the data folder; every other command joins what runs, or runs one for itself. */
  role: 'server' | 'command'
  log?: (line: string) => void
  now?: () => Date
}

/** Opens the installation: database, keys, schema, ledger; closing it leaves nothing running that it started. */
export async function openInstallation(place: Place, { role, log = () => {}, now }: OpenOptions): Promise<Installation> {
  const folder = await openDataFolder(place.data)
  const { owner, app, stop } = place.databaseUrl ? await ownServer(folder, place.databaseUrl) : await embedded(place.data, role, log)
  const closing: (() => Promise<unknown>)[] = [stop]
  const close = async () => {
    for (const end of closing.reverse()) await end()
  }
  try {
    const keys = await loadKeys(folder)
    await migrate(owner, schemaSources, { beforeChange: () => backupFirst(folder, owner, log) })
    const database = openDatabase(app, { max: role === 'server' ? 12 : 4 })
    closing.push(database.close)
    await assertFieldKeys(database.db, keys)
    setServices(keys, await oidcOf(folder), await channelsOf(folder), await objectStoreOf(folder))
    const trust = trustIn([...keys.ledger.byId.values()].map((k) => k.publicKey))
    let state = await ledgerState(database.db, { heads: folder.heads, trust })
    if (state.readOnly) log(state.readOnly)
    const allowed = () => state.readOnly === null
    const signer = signerOf(keys.ledger.current.privateKey)
    const followers = role === 'server' ? startFollowers({ db: database.db, reactions, allowed }) : undefined
    closing.push(async () => followers?.stop())
    const onNumbered = () => followers?.wake()
    const sequencer = startSequencer({ db: database.db, signer, heads: folder.heads, allowed, onNumbered })
    closing.push(sequencer.stop)
    const disk = role === 'server' ? await guardDisk(folder, log) : undefined
    closing.push(async () => disk?.stop())
    const pipeline: Pipeline = {
      db: database.db,
      readOnly: () => state.readOnly ?? disk?.low() ?? null,
      writeFacts: async (ctx, also) => {
        await writeFacts(ctx, also)
        if (ctx.facts.length > 0) ctx.afterCommit.push(sequencer.wake)
      },
      ...(now ? { now } : {}),
    }
    const asConsole = (name: string, input: unknown, upload?: Upload) => perform(pipeline, named(name), consoleCall(input, upload))
    if (allowed()) await installModules(pipeline)
    const openEpochBy = async (officers: [string, string]) => {
      await openEpoch(database.db, { heads: folder.heads, trust, signer }, officers)
      state = { readOnly: null }
      // What this release ships could not be brought in before.
      await installModules(pipeline)
    }
    const publicKeys = publicKeysOf(trust)
    ledgerServices({
      state: () => state,
      readOnly: pipeline.readOnly,
      publicKeys,
      verify: (onProgress) => verifyAside({ database: app, publicKeys, heads: folder.heads }, { onProgress }),
      openEpoch: openEpochBy,
    })
    return {
      folder,
      keys,
      trust,
      openEpochBy,
      app,
      database,
      owner,
      pipeline,
      sequencer,
      asConsole: asConsole as Installation['asConsole'],
      close,
    }
  } catch (error) {
    await close()
    throw error
  }
}

async function embedded(data: string, role: OpenOptions['role'], log: (line: string) => void) {
  const cluster: Cluster = await (role === 'server' ? startCluster : attachOrStart)(data, { log })
  return { owner: urlOf(cluster, 'rongjian', 'owner'), app: urlOf(cluster, 'rongjian', 'app'), stop: cluster.stop }
}

const listed: readonly Module[] = modules
const operations = new Map<string, AnyOperation>(listed.flatMap((m) => m.operations.map((op) => [op.name, op])))

function named(name: string): AnyOperation {
  const op = operations.get(name)
  if (!op) throw new RangeError(`no operation ${name}`)
  return op
}

const everywhere: Grant[] = listed.flatMap((m) =>
  Object.keys(m.capabilities ?? {}).map((capability) => ({ capability, orgId: '', path: '/', subtree: true })),
)

function consoleCall(raw: unknown, upload?: Upload) {
  const actor = new Actor({
    accountId: null,
    personId: null,
    name: `console（${userInfo().username}）`,
    sessionId: null,
    grants: everywhere,
  })
  return { actor, raw, requestId: randomUUID(), ...(upload ? { upload } : {}) }
}

/** Lets each module bring what this release ships, in a transaction of its own. */
export async function installModules(pipeline: Pipeline): Promise<void> {
  for (const { name, install } of listed) {
    if (!install) continue
    const run = async (ctx: Ctx) => void (await install(ctx))
    const op = command(`${name}.install`, { title: '安装随产品提供的内容', input: z.object({}), output: z.any(), may: anyone, run })
    await perform(pipeline, op, consoleCall({}))
  }
}
