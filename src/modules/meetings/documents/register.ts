import { dateAt } from '#kernel/civilDate.ts'
import type { PaperPlan } from '#runtime/document/document.ts'
import type { SheetPlan } from '#runtime/sheets/write.ts'
import { ABSENCES, type Absence, kindsName, STATES } from '../contract.ts'
import { clockOf } from '../operations/card.ts'
import type { RegisterRow } from '../operations/documents.ts'

/** The year's 台账 as a sheet, with the columns that branches keep on paper, so that it can be imported again. */
export const registerSheet = (rows: readonly RegisterRow[], title: string, footer: string[]): SheetPlan => ({
  name: '三会一课台账',
  title,
  columns: [
    { title: '序号', width: 6, kind: 'number' },
    { title: '党支部', width: 24 },
    { title: '会议类别', width: 18 },
    { title: '时间', width: 24 },
    { title: '地点', width: 18 },
    { title: '主持人', width: 10 },
    { title: '记录人', width: 10 },
    { title: '应到', width: 7, kind: 'number' },
    { title: '实到', width: 7, kind: 'number' },
    { title: '缺席人员及原因', width: 36 },
    { title: '会议议题', width: 40 },
    { title: '决议事项', width: 40 },
    { title: '状态', width: 16 },
    { title: '记录日期', width: 12 },
  ],
  rows: rows.map((m, i) => [
    i + 1,
    m.org_name,
    kindsName(m.kinds, m.own_kind),
    [m.held_on, [clockOf(m.started_at), clockOf(m.ended_at)].filter(Boolean).join('-')].filter(Boolean).join(' '),
    m.place,
    m.chair ?? '',
    m.recorder ?? '',
    m.expected,
    m.present,
    m.hidden ? '' : m.absent.map((a) => `${a.name}(${ABSENCES[a.reason as Absence] ?? a.reason})`).join('、'),
    m.hidden ? '（只有支委能看）' : [m.title, ...m.topics.filter((t) => t !== m.title).map((t, n) => `${n + 1}.${t}`)].join('\n'),
    m.hidden ? '' : m.resolutions.join('\n'),
    `${STATES[m.state]}${m.late ? '，补录' : ''}`,
    dateAt(m.recorded_at),
  ]),
  footer,
})

const ON_PAPER = ['序号', '党支部', '会议类别', '时间', '主持人', '应到', '实到', '缺席人员及原因', '会议议题', '决议事项']
const WIDTHS = [2, 5, 4, 5, 3, 2, 2, 5, 8, 8]

/** The same on paper, on its side, with the columns that are read there. */
export function registerOnPaper(rows: readonly RegisterRow[], title: string, notes: string[]): PaperPlan {
  const { columns, rows: lines } = registerSheet(rows, title, [])
  const kept = ON_PAPER.map((head) => columns.findIndex((column) => column.title === head))
  const cells = [...(lines as Iterable<unknown[]>)].map((line) => kept.map((column) => String(line[column] ?? '')))
  return { title, wide: true, blocks: [{ kind: 'table', heads: ON_PAPER, rows: cells, widths: WIDTHS }], notes }
}
