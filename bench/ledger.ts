import { databaseSource } from '#ledger/databaseSource.ts'
import { trustIn } from '#ledger/signing.ts'
import { verifyLedger } from '#ledger/verify.ts'
import { openInstallation } from '../src/installation.ts'
import { peakMemoryOf } from './cpu.ts'

// Verifies the ledger of a data folder, in a process of its own so that its memory is its own.
const installation = await openInstallation({ data: process.argv[2]!, databaseUrl: undefined }, { role: 'command' })
const trust = trustIn([...installation.keys.ledger.byId.values()].map((k) => k.publicKey))
const started = performance.now()
const cpu = process.cpuUsage()
const source = await databaseSource(installation.owner)
const { ok, size } = await verifyLedger(source, { trust, heads: installation.folder.heads })
await source.close()
const seconds = (performance.now() - started) / 1000
const used = process.cpuUsage(cpu)
const peakMb = peakMemoryOf(process.pid)
console.log(JSON.stringify({ ok, facts: size, seconds, nodeCpuSeconds: (used.user + used.system) / 1e6, peakMb }))
await installation.close()
