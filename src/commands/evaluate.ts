import { readFile, writeFile } from 'node:fs/promises'
import { type Evaluation, evaluationText, fingerprintOf, firstDifference, readSchemeText } from '#modules/evaluation/published.ts'
import { refusal } from '#runtime/refusal.ts'
import { xlsxBuffer } from '#runtime/sheets/write.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { type Command, type Given, textOf } from './command.ts'
import { schemeText } from './scheme.ts'
import { shippedWithFingerprint } from './shipped.ts'

export const evaluateCommand: Command = {
  title: '按方案计算考核结果（只读，不记录）；--verify 重算一份结果并比较',
  usage:
    'evaluate --scheme 文件 --period 2025 [--as-at 日期] [--through N] [--out 文件.json|.xlsx] | evaluate --verify 文件.json [--scheme 文件]',
  options: {
    scheme: { type: 'string' },
    period: { type: 'string' },
    'as-at': { type: 'string' },
    through: { type: 'string' },
    out: { type: 'string' },
    verify: { type: 'string' },
  },
  async run(given) {
    const { place, values, out } = given
    const installation = await openInstallation(place, { role: 'command', log: out.progress })
    try {
      await installation.sequencer.drain()
      const file = textOf(values.verify)
      return file ? await verify(installation, file, given) : await evaluate(installation, given)
    } finally {
      await installation.close()
    }
  },
}

async function evaluate(installation: Installation, { values, out }: Given): Promise<number> {
  const [file, period] = [textOf(values.scheme), textOf(values.period)]
  if (!file || !period) throw refusal('evaluate-usage', '请用 --scheme 给出方案文件，用 --period 给出考核期，例如 2025')
  const through = throughOf(textOf(values.through))
  const result = await compute(installation, await schemeText(file), period, textOf(values['as-at']), through)
  const target = textOf(values.out)
  if (target?.endsWith('.xlsx')) await writeWorkbook(target, result)
  else if (target) await writeFile(target, evaluationText(result))
  if (out.json) process.stdout.write(evaluationText(result))
  else out.answer(result, summary(result, target))
  return 0
}

function throughOf(text: string | undefined): number | undefined {
  if (text === undefined) return undefined
  const n = Number(text)
  if (!Number.isInteger(n) || n < 0) throw refusal('bad-through', '--through 是账本编号，写不小于 0 的整数')
  return n
}

async function compute(installation: Installation, scheme: string, period: string, asAt?: string, through?: number): Promise<Evaluation> {
  const size = through ?? (await installation.sequencer.drain())?.size ?? 0
  const input = { scheme, period, through: size, ...(asAt ? { asAt } : {}) }
  return (await installation.asConsole('evaluation.evaluateGiven', input)) as Evaluation
}

async function verify(installation: Installation, file: string, { values, out }: Given): Promise<number> {
  const before = JSON.parse(await readFile(file, 'utf8')) as Evaluation
  const given = textOf(values.scheme)
  const text = given ? await schemeText(given) : await shippedWithFingerprint(before.scheme.fingerprint)
  if (!text) throw refusal('scheme-unknown', '结果所用的方案不在随产品的方案中，请用 --scheme 给出方案文件')
  if (fingerprintOf(readSchemeText(text)) !== before.scheme.fingerprint)
    throw refusal('other-scheme', '给出的方案与结果上的指纹不同，不是同一份方案')
  const again = await compute(installation, text, before.period, before.asAt, before.through)
  const place = firstDifference(before, JSON.parse(evaluationText(again)))
  out.answer(
    { equal: place === null, ...(place === null ? {} : { differsAt: place }) },
    place === null ? '重算结果一致' : `重算结果不一致，第一处：${place}`,
  )
  return place === null ? 0 : 1
}

function summary(result: Evaluation, file: string | undefined): string {
  const rows = result.objects.map((o) => {
    const lost = o.items.filter((i) => i.score !== null && i.max !== null && i.score !== i.max)
    return [
      `${o.org.name}：${o.score ?? '未定'} 分${o.grade ? `，${o.grade}` : ''}`,
      ...lost.map((i) => `    ${i.name}：${i.sentence}`),
    ].join('\n')
  })
  const head = `${result.scheme.name}，${result.period}，截至 ${result.asAt}，账本第 ${result.through} 号`
  return [head, ...rows, ...(file ? [`结果已写入 ${file}`] : [])].join('\n')
}

/** One line for each indicator of each organisation, with its sentence. */
async function writeWorkbook(file: string, result: Evaluation) {
  const rows = result.objects.flatMap((o) =>
    o.items.map((i) => [o.org.name, i.path, i.max, i.score, i.sentence, i.cases.flatMap((c) => c.facts).join(' ')]),
  )
  const titles = ['组织', '指标', '满分', '得分', '说明', '依据的实绩编号']
  const footer = [
    `方案指纹 ${result.scheme.fingerprint}`,
    `截至 ${result.asAt}，账本第 ${result.through} 号，树根 ${result.treeHead.root.slice(0, 16)}`,
  ]
  const plan = {
    name: '考核结果',
    title: `${result.scheme.name} ${result.period}`,
    columns: titles.map((title) => ({ title })),
    rows,
    footer,
  }
  await writeFile(file, await xlsxBuffer([plan]))
}
