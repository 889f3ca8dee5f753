import { z } from 'zod'
import { dateAt, dateName, onDay } from '#kernel/civilDate.ts'
import type { Chapter } from '#kernel/module.ts'
import { download } from '#kernel/operation.ts'
import { Format, printed } from '#kernel/printing.ts'
import { MEETING_KINDS } from '#modules/meetings/contract.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { type Block, heading, type PaperPlan, text } from '#runtime/document/document.ts'
import { coverageOf, coverageText, type Entry, SIDES, STATES, Year } from './contract.ts'
import { entriesOf } from './entries.ts'
import { wordsOf } from './operations.ts'

export const planPaper = download('plans.paper', {
  title: '打印年度计划或年度报告（Word、PDF）',
  input: z.object({ orgId: z.uuid(), year: Year, which: z.enum(['plan', 'report']), format: Format }),
  snapshot: true,
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'plans.read'),
  may: (actor, org) => actor.holds('plans.read', org.path),
  run: async (ctx, { year, which, format }, org) => {
    const all = await entriesOf(ctx, org.id, year)
    const today = day(dateAt(ctx.now))
    const title = `${org.name} ${year} 年度${which === 'plan' ? '工作计划' : '工作报告'}`
    const words = which === 'report' ? (await wordsOf(ctx, org.id, year)).text : ''
    const paper: PaperPlan = {
      title,
      blocks: [...(which === 'plan' ? planBlocks(all) : reportBlocks(all, words, today)), { kind: 'signed', lines: [org.name, today] }],
      notes: [which === 'plan' ? `计划截至 ${today}。` : `完成情况截至 ${today}，由会议和任务的记录算出；“支部的话”由支部自己写。`],
    }
    return printed(paper, title, format)
  },
})

const day = (date: string) => dateName(onDay(date))

const standing = (all: readonly Entry[]) => all.filter((e) => e.state !== 'ended')

/** 做什么、什么时候、谁、按什么算; with key business tasks, those first, each with the measures beside it. */
function planBlocks(all: readonly Entry[]): Block[] {
  const entries = standing(all)
  const { tasks, unpaired } = coverageOf(entries)
  const measures = entries.filter((e) => e.side === 'party')
  if (tasks === 0) return [planTable(measures)]
  return [
    heading(1, `一、${SIDES.business}`),
    text(coverageLine({ tasks, unpaired })),
    pairTable(entries.filter((e) => e.side === 'business')),
    heading(1, `二、${SIDES.party}`),
    measures.length === 0 ? text('没有列入。') : planTable(measures),
  ]
}

const coverageLine = (c: ReturnType<typeof coverageOf<Entry>>) =>
  `${coverageText(c)}。${c.unpaired.length > 0 ? `没有配的：${c.unpaired.map((e) => e.title).join('；')}。` : ''}`

const pairTable = (tasks: readonly Entry[]): Block => ({
  kind: 'table',
  heads: ['序号', SIDES.business, '期限', '负责人', '配的党建举措', '按什么算完成'],
  widths: [2, 7, 4, 3, 7, 4],
  rows: tasks.map((e, i) => [String(i + 1), said(e), day(e.dueOn), e.lead?.name ?? '', besideOf(e), measureOf(e)]),
})

const besideOf = (e: Entry) => e.beside.map((b) => b.title).join('；') || '没有配'

const planTable = (entries: readonly Entry[]): Block => ({
  kind: 'table',
  heads: ['序号', '工作', '期限', '负责人', '按什么算完成'],
  widths: [2, 9, 4, 3, 5],
  rows: entries.map((e, i) => [String(i + 1), said(e), day(e.dueOn), e.lead?.name ?? '', measureOf(e)]),
})

const said = (e: Entry) => (e.text ? `${e.title}\n${e.text}` : e.title)

export const measureOf = (e: Pick<Entry, 'counted' | 'meetingKind' | 'target'>): string =>
  e.counted === 'meetings'
    ? `召开${MEETING_KINDS[e.meetingKind!]} ${e.target} 次`
    : e.counted === 'task'
      ? `办结任务 ${e.target} 件`
      : '写明结果'

function reportBlocks(all: readonly Entry[], words: string, today: string): Block[] {
  const entries = standing(all)
  const count = (state: Entry['state']) => all.filter((e) => e.state === state).length
  const rows = entries.map((e, i) => [String(i + 1), e.title, day(e.dueOn), `${Math.min(e.count, e.target)}/${e.target}`, resultOf(e)])
  const summary = `年度计划 ${entries.length} 项，截至 ${today} 完成 ${count('done')} 项，进行中 ${count('open')} 项，已过期限未完成 ${count('late')} 项，取消 ${count('ended')} 项。`
  const coverage = coverageOf(entries)
  return [
    heading(1, '一、计划完成情况'),
    text(summary),
    ...(coverage.tasks > 0 ? [text(coverageLine(coverage))] : []),
    { kind: 'table', heads: ['序号', '工作', '期限', '完成', '结果'], widths: [2, 8, 4, 3, 7], rows },
    heading(1, '二、支部的话'),
    text(words || '没有另外写。'),
  ]
}

const resultOf = (e: Entry): string =>
  e.doneNote
    ? `${day(e.doneOn!)} ${e.doneNote}`
    : `${STATES[e.state]}${e.records.length > 0 ? `：${e.records.map((r) => r.says).join('；')}` : ''}`

/** 年度计划 in the 手册: of the years of the span, with how far each entry has come. */
const chapter: Chapter = {
  key: 'plan',
  title: '年度计划',
  order: 25,
  readWith: 'plans.read',
  write: async (ctx, { orgId, from, to }) => {
    const all = await entriesOf(ctx, orgId, Number(from.slice(0, 4)))
    const within = standing(all).filter((e) => e.dueOn >= from && e.dueOn <= to)
    if (within.length === 0) return { says: '没有列入计划的工作', blocks: [] }
    const done = within.filter((e) => e.state === 'done').length
    const rows = within.map((e) => [said(e), day(e.dueOn), e.lead?.name ?? '', measureOf(e), STATES[e.state]])
    const coverage = coverageText(coverageOf(within))
    return {
      says: `计划 ${within.length} 项，完成 ${done} 项${coverage && `；${coverage}`}`,
      blocks: [{ kind: 'table', heads: ['工作', '期限', '负责人', '按什么算', '状态'], widths: [8, 4, 3, 5, 3], rows }],
    }
  },
}

export const planChapters = [chapter]
