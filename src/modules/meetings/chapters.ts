import { sql } from 'kysely'
import { invalid } from '#kernel/errors.ts'
import type { Chapter, ChapterAbout } from '#kernel/module.ts'
import type { Ctx } from '#kernel/operation.ts'
import { type Block, heading, labelled } from '#runtime/document/document.ts'
import { kindsName, MEETING_KINDS, type MeetingKind } from './contract.ts'
import { minutesOf } from './documents/wording.ts'
import { meetingsPlaced, type Seen, seenColumns } from './find.ts'
import { clockOf } from './operations/card.ts'
import { viewOf } from './operations/get.ts'
import { inSubtree } from './operations/list.ts'
import { seesText } from './policy.ts'

/** More minutes than a year of a busy branch; beyond that the reader is asked for a shorter span. */
const MOST = 300

/** Held in the span by the branch or its groups, not cancelled, as far as the reader sees them. */
async function heldIn(ctx: Ctx, { path, from, to }: ChapterAbout, kinds: readonly MeetingKind[]): Promise<Seen[]> {
  const { rows } = await sql<Seen>`select ${seenColumns} from ${meetingsPlaced}
    where ${ctx.actor.within('meetings.read', 'o.path')} and ${inSubtree(path)} and m.kinds && ${[...kinds]}::text[]
      and m.held_on >= ${from}::date and m.held_on <= ${to}::date and m.state <> 'cancelled'
    order by m.held_on, m.started_at nulls last, m.id limit ${MOST + 1}`.execute(ctx.db)
  if (rows.length > MOST) throw invalid('too-many-meetings', `这段时间的会议超过 ${MOST} 次，请把时间分成几段来做`)
  return rows
}

const ALL = Object.keys(MEETING_KINDS) as MeetingKind[]

/** All meetings on one table: the 台账 within the book. */
const overview: Chapter = {
  key: 'meetings',
  title: '组织生活一览',
  order: 30,
  readWith: 'meetings.read',
  write: async (ctx, about) => {
    const held = await heldIn(ctx, about, ALL)
    if (held.length === 0) return { says: '没有会议记录', blocks: [] }
    const counted = ALL.map((kind) => [kind, held.filter((m) => m.kinds.includes(kind))] as const).filter(([, of]) => of.length > 0)
    const sums = counted.map(([kind, of]) => {
      const [expected, present] = [sum(of.map((m) => m.expected)), sum(of.map((m) => m.present))]
      return [
        MEETING_KINDS[kind],
        String(of.length),
        String(expected),
        String(present),
        expected === 0 ? '' : `${((present / expected) * 100).toFixed(1)}%`,
      ]
    })
    const rows = held.map((m) => [
      [m.held_on, clockOf(m.started_at)].filter(Boolean).join(' '),
      kindsName(m.kinds, m.own_kind),
      seesText(ctx.actor, m) ? m.title : '（只有支委能看）',
      String(m.expected),
      String(m.present),
    ])
    return {
      says: `召开 ${held.length} 次`,
      blocks: [
        { kind: 'table', title: '各类会议次数与出席', heads: ['类别', '次数', '应到人次', '实到人次', '到会率'], rows: sums },
        { kind: 'table', title: '会议一览', heads: ['时间', '类别', '议题', '应到', '实到'], rows, widths: [4, 4, 9, 2, 2] },
      ],
    }
  },
}

const sum = (numbers: readonly number[]) => numbers.reduce((a, b) => a + b, 0)

/** The minutes of the meetings of these kinds, each as its own page says it, as far as the reader may. */
const minutesChapter = (order: number, key: string, title: string, kinds: readonly MeetingKind[]): Chapter => ({
  key,
  title,
  order,
  readWith: 'meetings.read',
  write: async (ctx, about) => {
    const held = await heldIn(ctx, about, kinds)
    const blocks: Block[] = []
    for (const m of held) blocks.push(...(await minutesIn(ctx, m)))
    return { says: held.length === 0 ? '没有记录' : `${held.length} 次的记录`, blocks }
  },
})

async function minutesIn(ctx: Ctx, m: Seen): Promise<Block[]> {
  const day = heading(1, `${m.held_on}　${kindsName(m.kinds, m.own_kind)}`)
  if (!seesText(ctx.actor, m)) return [day, labelled('出席', `应到 ${m.expected} 人，实到 ${m.present} 人。内容只有支委能看`)]
  const { facts, items, closing } = minutesOf(await viewOf(ctx, m), '')
  const said = items.flatMap(({ topic, paragraphs }, i) => [
    heading(3, `${i + 1}. ${topic}`),
    ...paragraphs.map((pair) => labelled(...pair)),
  ])
  return [day, ...facts.map((pair) => labelled(...pair)), ...said, ...closing.map((pair) => labelled(...pair))]
}

export const meetingChapters = [
  overview,
  minutesChapter(31, 'memberAssembly', '党员大会记录', ['memberAssembly']),
  minutesChapter(32, 'branchCommittee', '支委会记录', ['branchCommittee']),
  minutesChapter(33, 'groupMeeting', '党小组会记录', ['groupMeeting']),
  minutesChapter(34, 'partyLecture', '党课记录', ['partyLecture']),
  minutesChapter(35, 'themePartyDay', '主题党日记录', ['themePartyDay']),
  minutesChapter(36, 'orgLifeMeeting', '组织生活会记录', ['orgLifeMeeting']),
]
