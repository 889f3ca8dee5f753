import { type CivilDate, today } from '#kernel/civilDate.ts'
import { type OrgMatch, readWrittenOrg, type WrittenOrg } from '#modules/organisation/published.ts'
import type { Book, Cell } from '#runtime/sheets/cell.ts'
import type { ImportLine, Remarks } from '#runtime/sheets/issue.ts'
import { linesOf } from '#runtime/sheets/lines.ts'
import { findTable, isTable, missingHeads, type Table, type TableProblem, type TableRow } from '#runtime/sheets/table.ts'
import type { MeetingKind } from '../contract.ts'
import { checkMeeting, repeatFinder } from './checkMeeting.ts'
import { type MeetingKey, meetingHeads } from './meetingHeads.ts'
import { isMoment, type Moment, readMoment, readTimes } from './readMoment.ts'
import {
  type Absentee,
  type Resolution,
  readAbsent,
  readItems,
  readKinds,
  readNames,
  readResolutions,
  readVotes,
  type Votes,
} from './readTexts.ts'

/** One meeting of a ledger as far as the file says; names stay as written, the figures are the file's own. */
export type MeetingRow = {
  number: string | null
  org: WrittenOrg
  kinds: MeetingKind[]
  date: CivilDate | null
  start: string | null
  end: string | null
  place: string | null
  chair: string | null
  recorder: string | null
  lecturer: string | null
  expected: number | null
  present: number | null
  absent: Absentee[]
  attendees: string[]
  observers: string[]
  topics: string[]
  resolutions: Resolution[]
  votes: Votes | null
  votesText: string | null
  archive: string | null
  note: string | null
}

/** A ledger found in a file, with its meetings to be read one by one. */
export type MeetingLedger = { table: Table<MeetingKey>; lines: () => AsyncGenerator<ImportLine<MeetingRow>> }

/** How names of organisations are resolved (without it they are only kept), and the day the file is read on. */
export type MeetingOptions = { orgOf?: (name: string) => OrgMatch; today?: CivilDate }

/**
 * Finds a year's ledger of meetings in a spreadsheet, or says which heads are missing. A ledger is history: only a meeting without an
 * organisation, a kind or a day is wrong; whatever disagrees is a warning.
 */
export const parseMeetings = async (book: Book, options: MeetingOptions = {}): Promise<MeetingLedger | TableProblem> => {
  const table = await findTable<MeetingKey>(book, [...meetingHeads])
  if (!isTable(table)) return table
  if (!table.columns.has('when') && !table.columns.has('date')) return missingHeads(['时间'], table.heads)
  return { table, lines: () => linesOf(table, meetingReader(table, options)) }
}

/** True when `parseMeetings` found a ledger. */
export const isMeetingLedger = (found: MeetingLedger | TableProblem): found is MeetingLedger => 'lines' in found

function meetingReader(table: Table<MeetingKey>, options: MeetingOptions) {
  const repeated = repeatFinder()
  const day = options.today ?? today()
  return (row: TableRow<MeetingKey>, remarks: Remarks): MeetingRow => {
    const values = readMeeting(row, table, remarks, options)
    checkMeeting(values, row, table, remarks, day)
    repeated(row, values, remarks)
    return values
  }
}

const readMeeting = (row: TableRow<MeetingKey>, table: Table<MeetingKey>, remarks: Remarks, options: MeetingOptions): MeetingRow => {
  const text = (key: MeetingKey) => usable(row.cell(key))?.text.trim() || null
  const moment = readWhen(row, table, remarks)
  const present = readCount('present', row, remarks)
  const votesText = text('votes')
  return {
    number: text('number'),
    org: readOrg(row, table, remarks, options),
    kinds: readMeetingKinds(row, table, remarks),
    date: moment?.date ?? null,
    start: moment?.start ?? null,
    end: moment?.end ?? null,
    place: text('place'),
    chair: readPerson(text('chair')),
    recorder: readPerson(text('recorder')),
    lecturer: readPerson(text('lecturer')),
    expected: readCount('expected', row, remarks),
    present,
    absent: readAbsent(text('absent') ?? ''),
    attendees: readNames(text('attendees') ?? ''),
    observers: readNames(text('observers') ?? ''),
    topics: readItems(text('topics') ?? ''),
    resolutions: readResolutions(text('resolutions') ?? ''),
    votes: votesText === null ? null : readVotes(votesText, present),
    votesText,
    archive: text('archive'),
    note: text('note'),
  }
}

const usable = (cell: Cell | null): Cell | null => (cell?.kind === 'error' ? null : cell)

const readPerson = (text: string | null) => text?.replace(/\s+/g, '') ?? null

const readOrg = (row: TableRow<MeetingKey>, table: Table<MeetingKey>, remarks: Remarks, { orgOf }: MeetingOptions): WrittenOrg => {
  const cell = usable(row.cell('org'))
  if (!cell) remarks.wrong(table.columns.get('org')!, '没有填党支部', '补上召开会议的支部全称')
  return readWrittenOrg(cell, remarks, orgOf)
}

const readMeetingKinds = (row: TableRow<MeetingKey>, table: Table<MeetingKey>, remarks: Remarks): MeetingKind[] => {
  const cell = usable(row.cell('kinds'))
  if (!cell) {
    remarks.wrong(table.columns.get('kinds')!, '没有填会议类别', kindsRemedy)
    return []
  }
  const { kinds, unknown } = readKinds(cell.text)
  if (kinds.length === 0) remarks.wrong(cell, `不认识会议类别“${cell.text}”`, kindsRemedy)
  else if (unknown.length > 0) remarks.warn(cell, `不认识会议类别“${unknown.join('、')}”，只导入认识的类别`, kindsRemedy)
  return kinds
}

const kindsRemedy = '请写党员大会、支委会、党小组会、党课、主题党日、组织生活会、民主评议党员等，同时是几类的用顿号隔开'

const readWhen = (row: TableRow<MeetingKey>, table: Table<MeetingKey>, remarks: Remarks): Moment | null => {
  const dateCell = usable(row.cell('date')) ?? usable(row.cell('when'))
  if (!dateCell) {
    remarks.wrong(table.columns.get('date') ?? table.columns.get('when')!, '没有填会议时间', '补上会议当天的日期')
    return null
  }
  const moment = readMoment(dateCell.text, table.date1904)
  if (!isMoment(moment)) {
    remarks.wrong(dateCell, moment.problem, moment.remedy)
    return null
  }
  const clocks = (['when', 'start', 'end'] as const).map((key) => timeText(usable(row.cell(key)))).join(' ')
  return moment.start ? moment : { date: moment.date, ...readTimes(clocks) }
}

// A cell that holds only a time is stored as a fraction of a day.
const timeText = (cell: Cell | null): string => {
  if (cell?.kind !== 'number' && !(cell?.kind === 'text' && /^0\.\d+$/.test(cell.text))) return cell?.text ?? ''
  const minutes = Math.round(Number(cell.text) * 1440)
  return minutes < 1440 ? `${Math.floor(minutes / 60)}:${String(minutes % 60).padStart(2, '0')}` : ''
}

const readCount = (key: 'expected' | 'present', row: TableRow<MeetingKey>, remarks: Remarks): number | null => {
  const cell = usable(row.cell(key))
  if (!cell) return null
  const match = /^(\d{1,5})\s*[人名]?$/.exec(cell.text.normalize('NFKC').trim())
  if (!match) remarks.warn(cell, `人数“${cell.text}”不是数字，没有导入`, '只写数字')
  return match ? Number(match[1]) : null
}
