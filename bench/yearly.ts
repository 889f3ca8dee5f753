import { openDatabase } from '#kernel/database.ts'
import { textOf } from '../src/modules/evaluation/engine/exact.ts'
import { gradesFromTallies, keepTallies } from '../src/modules/evaluation/tally.ts'
import { declared } from '../src/platform.ts'
import { schemeOf } from './scheme.ts'
import { inDatabase } from './site.ts'

// One yearly run in a process of its own, so that cold is cold: node bench/yearly.ts CONFIG INDICATORS [keep]
const [config, indicators, keep] = [JSON.parse(process.argv[2]!), Number(process.argv[3]), process.argv[4] === 'keep']
const scheme = schemeOf(indicators)
const { db, close } = openDatabase({ ...config, statement_timeout: 0 })
const asked = { scheme, period: '2025', asAt: '2026-01-01' }
const result: Record<string, unknown> = { indicators }
if (keep) {
  const started = performance.now()
  result.kept = await keepTallies(db, declared, asked)
  result.keepMs = performance.now() - started
}
for (const temperature of ['cold', 'warm', 'warm', 'warm']) {
  const started = performance.now()
  const used = process.cpuUsage()
  const { graded, objects } = await gradesFromTallies(db, declared, asked)
  const computed = performance.now()
  await inDatabase(config, (client) =>
    client.query(
      `insert into evaluation.result (org_id, run_id, like_group, score, grade, body)
        select org, $1, "group", score, grade, marks from jsonb_to_recordset($2::jsonb) as t(org uuid, "group" text, score numeric, grade text, marks jsonb)`,
      [
        crypto.randomUUID(),
        JSON.stringify(
          graded.map(({ score, grade }) => ({
            org: score.subject.id,
            group: score.subject.group,
            score: score.score && textOf(score.score),
            grade,
            marks: score.sheets[0]!.items.map((i) => i.marks && textOf(i.marks)),
          })),
        ),
      ],
    ),
  )
  const took = {
    computed: computed - started,
    stored: performance.now() - computed,
    all: performance.now() - started,
    nodeCpu: cpuSince(used),
  }
  result[temperature] = took
  result.objects = objects.length
  result.grades = Object.fromEntries([...Map.groupBy(graded, (g) => g.grade ?? '未定')].map(([grade, of]) => [grade, of.length]))
}
result.memoryMb = process.memoryUsage().rss / 1e6
console.log(JSON.stringify(result))
await close()

function cpuSince(before: NodeJS.CpuUsage): number {
  const { user, system } = process.cpuUsage(before)
  return (user + system) / 1000
}
