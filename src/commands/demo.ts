import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { buildPage } from '#runtime/page.ts'
import { refusal } from '#runtime/refusal.ts'
import { type DemoAccount, openAccounts } from '../demo/accounts.ts'
import { lookForFalseAlarms, lookForProblems, lookForTampering, playUnit, type Variant } from '../demo/run.ts'
import { type Stage, stageOn } from '../demo/stage.ts'
import { ALARM_KEYS, PROBLEM_KEYS } from '../demo/stories/table.ts'
import { TODAY } from '../demo/unit.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { type Command, type Given, textOf } from './command.ts'
import { demoReport } from './demoReport.ts'
import { verifyHere } from './ledger.ts'
import { serving } from './start.ts'

export const demo: Command = {
  title: '示例单位：把两年的工作走一遍，自查预置的问题，打印得分、地址和账号，并打开网页',
  usage: 'demo [--data DIR] [--port N] [--once] [--without KEY] [--with-alarm KEY]',
  options: { ...serving, once: { type: 'boolean' }, without: { type: 'string' }, 'with-alarm': { type: 'string' } },
  async run(given) {
    const variant = variantOf(given.values)
    const once = given.values.once === true
    const temporary = once && !given.values.data ? await mkdtemp(join(tmpdir(), 'rj-demo-')) : undefined
    const data = temporary ?? textOf(given.values.data) ?? 'demo-data'
    try {
      if (!once) await buildPage(given.out.progress)
      await show({ ...given, place: { ...given.place, data } }, variant, once)
    } finally {
      if (temporary) await rm(temporary, { recursive: true, force: true })
    }
    return 0
  },
}

function variantOf(values: Given['values']): Variant {
  const [without, withAlarm] = [textOf(values.without), textOf(values['with-alarm'])]
  if (without && !PROBLEM_KEYS.includes(without)) throw refusal('unknown-key', `没有预置问题 ${without}。可用：${PROBLEM_KEYS.join('、')}`)
  if (withAlarm && !ALARM_KEYS.includes(withAlarm)) throw refusal('unknown-key', `没有 ${withAlarm} 这一项。可用：${ALARM_KEYS.join('、')}`)
  return { ...(without ? { without: [without] } : {}), ...(withAlarm ? { withAlarms: [withAlarm] } : {}) }
}

async function show(given: Given, variant: Variant, once: boolean) {
  const { place, out } = given
  const began = Date.now()
  const clock = { now: new Date(`${TODAY}T09:00:00+08:00`) }
  const installation = await openInstallation(place, { role: once ? 'command' : 'server', log: out.progress, now: () => clock.now })
  try {
    const stage = stageOn(installation.pipeline, clock, () => installation.sequencer.drain())
    const accounts = await prepare(installation, stage, variant, given)
    await installation.sequencer.drain()
    const problems = [...(await lookForProblems(stage)), await lookForTampering(installation, variant)]
    const falseAlarms = await lookForFalseAlarms(stage)
    const ledger = await verifyHere(installation)
    const scores = (await stage.owner('evaluation.evaluateGiven', await basics('2025'))) as Parameters<typeof demoReport>[0]['scores']
    const report = demoReport({ problems, falseAlarms, ledger, scores, accounts, seconds: Math.round((Date.now() - began) / 1000) })
    if (once) return out.answer(report.document, report.text)
    out.progress(report.text)
    // The story's day goes on at the pace of the clock, from nine in the morning.
    const opened = Date.now()
    const morning = clock.now.getTime()
    Object.defineProperty(clock, 'now', { get: () => new Date(morning + Date.now() - opened) })
    const { serve } = await import('./serve.ts')
    await serve(
      installation,
      given,
      (address) => `网页：${address}`,
      () => clock.now,
    )
  } finally {
    await installation.close()
  }
}

const basics = async (period: string) => ({
  scheme: await readFile(new URL('../modules/evaluation/schemes/00-branch-basics.yaml', import.meta.url), 'utf8'),
  period,
  asAt: TODAY,
})

interface Kept {
  variant: Variant
  accounts: DemoAccount[]
  orgs: [string, string][]
  people: [string, string][]
}

/** Plays the story into an empty folder; a folder that holds it already is used as it is. */
async function prepare(installation: Installation, stage: Stage, variant: Variant, { out }: Given): Promise<DemoAccount[]> {
  const file = join(installation.folder.root, 'rongjian.demo.json')
  const written = await readFile(file, 'utf8').catch(() => undefined)
  if (written) {
    const kept = JSON.parse(written) as Kept
    if (JSON.stringify(kept.variant) !== JSON.stringify(variant))
      throw refusal('other-variant', '这个文件夹里是另一种设置的示例，请用 --data 指定一个空文件夹')
    for (const [key, id] of kept.orgs) stage.orgs.set(key, id)
    for (const [key, id] of kept.people) stage.people.set(key, id)
    stage.setClock(TODAY)
    return kept.accounts
  }
  await playUnit(stage, variant, progressOf(out))
  const accounts = await openAccounts(stage, installation.pipeline)
  await writeFile(file, JSON.stringify({ variant, accounts, orgs: [...stage.orgs], people: [...stage.people] } satisfies Kept), {
    mode: 0o600,
  })
  return accounts
}

/** One line a month of the story. */
function progressOf(out: Given['out']) {
  let month = ''
  return (day: string, done: number) => {
    if (day.slice(0, 7) !== month) out.progress(`${day.slice(0, 4)} 年 ${Number(day.slice(5, 7))} 月…（${Math.round(done * 100)}%）`)
    month = day.slice(0, 7)
  }
}
