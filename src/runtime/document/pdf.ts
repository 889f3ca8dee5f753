import { type ChildProcess, fork } from 'node:child_process'
import { refusal } from '../refusal.ts'
import type { PaperPlan } from './document.ts'
import type { Answer, Asked } from './typesetter.ts'

export interface Limits {
  /** A paper that takes longer is given up and its process ended. */
  seconds: number
  pages: number
  /** Of the whole description. */
  characters: number
  /** Papers that may wait for their turn. */
  waiting: number
}
const LIMITS: Limits = { seconds: 30, pages: 1_000, characters: 4_000_000, waiting: 20 }
const IDLE_SECONDS = 60

/** Said in the small print of every PDF: which typeface stands in for those that may not be passed on. */
export const PDF_FONT_NOTE =
  '本件按 GB/T 9704—2012 版式编排。仿宋、小标宋、黑体、楷体和宋体是不能随软件分发的字体，本 PDF 以思源黑体（Noto Sans S Chinese）代替。'

let turn: Promise<unknown> = Promise.resolve()
let waiting = 0

/** A paper as PDF, set in a process of its own, one after the other. What is too long or takes too long is refused in words. */
export async function paperPdf(plan: PaperPlan, limits: Partial<Limits> = {}): Promise<Buffer> {
  const { seconds, pages, characters, waiting: most } = { ...LIMITS, ...limits }
  const said = JSON.stringify({ ...plan, notes: [...plan.notes, PDF_FONT_NOTE] })
  if (said.length > characters) throw tooLong()
  if (waiting >= most) throw refusal('printing-busy', '现在排队打印的人较多，请过一会儿再点')
  waiting++
  const mine = turn.then(() => askFor({ plan: said, pages }, seconds)).finally(() => waiting--)
  turn = mine.catch(() => undefined)
  const { pdf, wrong } = await mine
  if (wrong) throw new Error(`The paper could not be set: ${wrong.slice(0, 2_000)}`)
  if (!pdf) throw tooLong()
  return Buffer.from(pdf)
}

const tooLong = () => refusal('paper-too-long', '内容太多，一份 PDF 放不下。请缩短时间范围、少选几部分，或者下载 Word、Excel')

let setter: ChildProcess | null = null
let idle: NodeJS.Timeout | undefined
let asked = 0

function askFor(paper: { plan: string; pages: number }, seconds: number): Promise<Answer> {
  clearTimeout(idle)
  setter ??= begin()
  const child = setter
  const id = ++asked
  child.ref()
  child.channel?.ref()
  return new Promise<Answer>((resolve, reject) => {
    const onMessage = (answer: Answer) => {
      if (answer.id === id) done(() => resolve(answer))
    }
    const onExit = () => done(() => reject(new Error('The process that sets type ended')))
    const late = setTimeout(() => {
      child.kill('SIGKILL')
      done(() => reject(tooLong()))
    }, seconds * 1000)
    const done = (answer: () => void) => {
      clearTimeout(late)
      child.off('message', onMessage)
      child.off('exit', onExit)
      rest(child)
      answer()
    }
    child.on('message', onMessage)
    child.on('exit', onExit)
    child.send({ id, ...paper } satisfies Asked)
  })
}

/** It gets none of our environment: no secret of the server is in reach of a document. */
function begin(): ChildProcess {
  const child = fork(new URL('./typesetter.ts', import.meta.url), {
    env: {},
    execArgv: ['--max-old-space-size=512'],
    serialization: 'advanced',
    stdio: ['ignore', 'ignore', 'ignore', 'ipc'],
  })
  const gone = () => {
    if (setter === child) setter = null
  }
  child.on('exit', gone)
  child.on('error', gone)
  return child
}

/** An idle one keeps nobody waiting: neither the end of the server nor the memory. */
function rest(child: ChildProcess): void {
  child.unref()
  child.channel?.unref()
  if (child.killed) setter = null
  idle = setTimeout(() => child.kill(), IDLE_SECONDS * 1000)
  idle.unref()
}
