import type { VerifyReport } from '#ledger/verify.ts'
import type { Evaluation } from '#modules/evaluation/published.ts'
import type { DemoAccount } from '../demo/accounts.ts'
import type { FoundProblem } from '../demo/run.ts'

interface Shown {
  problems: FoundProblem[]
  falseAlarms: { key: string; raised: boolean }[]
  ledger: VerifyReport
  scores: Evaluation
  accounts: DemoAccount[]
  seconds: number
}

/** What the demonstration did and found: as one document, and as text for people. */
export function demoReport({ problems, falseAlarms, ledger, scores, accounts, seconds }: Shown): { document: object; text: string } {
  const objects = scores.objects.map((o) => ({ org: o.org, score: o.score, grade: o.grade }))
  const document = {
    problems,
    falseAlarms,
    ledger: { ok: ledger.ok, size: ledger.size, root: ledger.root },
    scores: { scheme: scores.scheme.name, period: scores.period, objects },
    seconds,
  }
  const found = problems.filter((p) => p.found)
  const lines = [
    `示例矿业集团一矿：${scores.objects.length} 个支部，账本 ${ledger.size} 条实绩，${ledger.ok ? '校验完好' : '校验有问题'}（用时 ${seconds} 秒）`,
    '',
    `预置问题 ${problems.length} 个，系统自己找到 ${found.length} 个：`,
    ...problems.map((p) => (p.found ? `  ✓ ${p.says}` : `  · ${p.key}：没有找到`)),
    '',
    `不该报警的 ${falseAlarms.length} 种情形，误报 ${falseAlarms.filter((a) => a.raised).length} 种${falseAlarms.filter((a) => a.raised).map((a) => `：${a.key}`)}`,
    '',
    `${scores.scheme.name} ${scores.period}（按组织顺序，不排名）：`,
    ...distribution(scores),
    '',
    '账号（密码都一样）：',
    ...accounts.map((a) => `  ${a.who}：${a.login} / ${a.password}`),
  ]
  return { document, text: lines.join('\n') }
}

/** How many branches stand in each grade; and of those that lost marks, where. */
function distribution(scores: Evaluation): string[] {
  const grades = Map.groupBy(scores.objects, (o) => o.grade ?? '未定')
  const counts = [...grades].map(([grade, of]) => `${grade} ${of.length} 个`).join('，')
  const lost = scores.objects.flatMap((o) =>
    o.items.filter((i) => i.score !== null && i.max !== null && i.score !== i.max).map((i) => `    ${o.org.name} ${i.name}：${i.sentence}`),
  )
  return [`  ${counts}`, ...lost.slice(0, 12)]
}
