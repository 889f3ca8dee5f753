import { parentPort, workerData } from 'node:worker_threads'
import { databaseSource } from './databaseSource.ts'
import { trustIn } from './signing.ts'
import { verifyLedger } from './verify.ts'
import type { LedgerPlace, Said } from './verifyAside.ts'

/** The thread of `verifyAside`. */
const { database, publicKeys, heads } = workerData as LedgerPlace
const say = (said: Said) => parentPort!.postMessage(said)

const source = await databaseSource(database)
const report = await verifyLedger(source, { trust: trustIn(publicKeys), heads, onProgress: (n) => say({ n }) }).finally(source.close)
say({ report })
