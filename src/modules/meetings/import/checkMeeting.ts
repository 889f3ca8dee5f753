import type { CivilDate } from '#kernel/civilDate.ts'
import type { Remarks } from '#runtime/sheets/issue.ts'
import type { Table, TableRow } from '#runtime/sheets/table.ts'
import type { MeetingKey } from './meetingHeads.ts'
import type { MeetingRow } from './parseMeetings.ts'

/** Remarks on what does not fit together within one record; a day still to come is wrong, everything else history. */
export const checkMeeting = (
  values: MeetingRow,
  row: TableRow<MeetingKey>,
  table: Table<MeetingKey>,
  remarks: Remarks,
  today: CivilDate,
): void => {
  const at = (key: MeetingKey) => row.cell(key) ?? table.columns.get(key) ?? ''
  const { date, expected, present, absent, chair, recorder } = values
  if (date && date > today) remarks.wrong(row.cell('date') ?? at('when'), '会议日期在今天以后', '台账只收开过的会，请改正日期')
  if (expected !== null && present !== null) {
    if (present > expected) remarks.warn(at('present'), `实到 ${present} 人多于应到 ${expected} 人`, '请核对原始记录')
    else if (expected - present !== absent.length && (absent.length > 0 || table.columns.has('absent'))) {
      remarks.warn(at('absent'), `应到 ${expected} 人、实到 ${present} 人，缺席却写了 ${absent.length} 人`, '请核对原始记录')
    }
  }
  const unexplained = absent.filter(({ reason }) => reason === null)
  if (unexplained.length > 0) remarks.warn(at('absent'), `有 ${unexplained.length} 人缺席没有写原因`, '能查到的补上原因')
  const isAbsent = (name: string | null) => name !== null && absent.some((absentee) => absentee.name === name)
  if (isAbsent(chair)) remarks.warn(at('chair'), '主持人同时在缺席名单里', '请核对原始记录')
  if (isAbsent(recorder)) remarks.warn(at('recorder'), '记录人同时在缺席名单里', '请核对原始记录')
  for (const [key, value] of [
    ['chair', chair],
    ['recorder', recorder],
    ['expected', expected],
    ['present', present],
  ] as const) {
    if (value === null && !row.cell(key)) remarks.warn(at(key), `没有填${titles[key]}`, '能查到的补上')
  }
  if (values.votesText !== null && values.votes === null)
    remarks.warn(at('votes'), '看不出票数，按原文保存', '写成“同意 n 票，反对 n 票，弃权 n 票”')
  const { votes } = values
  if (votes && present !== null && votes.inFavour + votes.against + votes.abstained > present) {
    remarks.warn(at('votes'), `票数之和多于实到 ${present} 人`, '请核对原始记录')
  }
}

const titles = { chair: '主持人', recorder: '记录人', expected: '应到人数', present: '实到人数' }

/** Finds a meeting that stands twice in one file: the same organisation, day, hour, kinds and topics. */
export const repeatFinder = () => {
  const seen = new Map<string, number>()
  return (row: TableRow<MeetingKey>, { org, date, start, kinds, topics }: MeetingRow, remarks: Remarks): void => {
    if (!date || kinds.length === 0) return
    const key = JSON.stringify([org.id ?? org.text, date, start, [...kinds].sort(), topics])
    const first = seen.get(key)
    if (first === undefined) seen.set(key, row.row)
    else remarks.wrong(row.cell('org') ?? '', `与第 ${first} 行是同一次会议`, '删去一行；确是两次会议的，写明时间或议题')
  }
}
