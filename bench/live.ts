import { openDatabase } from '#kernel/database.ts'
import { computeEvaluation } from '../src/modules/evaluation/compute.ts'
import { declared } from '../src/platform.ts'
import { percentile } from './load.ts'
import { schemeOf } from './scheme.ts'

// The score of one branch from its facts, cases and sentences included: node bench/live.ts CONFIG BRANCHES COUNT [INDICATORS]
const [config, branches, count] = [JSON.parse(process.argv[2]!), JSON.parse(process.argv[3]!) as string[], Number(process.argv[4])]
const { db, close } = openDatabase(config)
const scheme = schemeOf(Number(process.argv[5] ?? 60))
const took: number[] = []
const cpu: number[] = []
for (let i = 0; i < count + 10; i++) {
  const used = process.cpuUsage()
  const started = performance.now()
  await computeEvaluation(db, declared, { scheme, period: '2025', asAt: '2026-01-01', orgIds: [branches[i % branches.length]!] })
  const { user, system } = process.cpuUsage(used)
  if (i >= 10) took.push(performance.now() - started)
  if (i >= 10) cpu.push((user + system) / 1000)
}
console.log(JSON.stringify({ p50: percentile(took, 50), p99: percentile(took, 99), nodeCpuMs: percentile(cpu, 50) }))
await close()
