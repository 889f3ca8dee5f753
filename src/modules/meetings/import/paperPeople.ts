import type { OrgCard } from '#modules/organisation/published.ts'
import type { Expectation } from '../expected.ts'
import type { Attendance } from '../tables.ts'
import type { Line } from './importMeetings.ts'
import type { MeetingKey } from './meetingHeads.ts'

export interface PaperPeople {
  attendance: Omit<Attendance, 'org_id' | 'meeting_id'>[]
  /** 应到 by the roster of that day; null where no roster tells who was expected. */
  computed: number | null
  entitled: number | null
  entitledPresent: number | null
  chair: string | null
  recorder: string | null
}

/**
 * Finds the people of a ledger row on the roster of its day. Who cannot be found stays by name with a warning on the line; where the
 * file's figures and the roster disagree, nobody is said to have been present.
 */
export function paperPeople(line: Line, { people, basis, known }: Expectation, org: OrgCard): PaperPeople {
  const { values, row, issues, columns } = line
  const warn = (key: MeetingKey, problem: string, remedy: string, value = '') =>
    issues.push({ row, column: columns.get(key) ?? '', level: 'warning', value, problem, remedy })
  const byName = Map.groupBy(known, ([, name]) => plain(name))
  const find = (name: string | null, key: MeetingKey, what: string): string | null => {
    if (!name) return null
    const fitting = byName.get(plain(name)) ?? []
    if (fitting.length === 1) return fitting[0]![0]
    if (fitting.length > 1) warn(key, `${what}“${name}”在名册里有 ${fitting.length} 人，没有认定是谁`, '请在记录里补充说明是哪一位', name)
    else warn(key, `${what}“${name}”不在当天的名册里，按姓名保存`, '核对姓名，或核对名册里的转入转出日期', name)
    return null
  }
  const chair = find(values.chair, 'chair', '主持人')
  const recorder = find(values.recorder, 'recorder', '记录人')
  if (chair && chair === recorder) warn('recorder', '主持人和记录人是同一个人', '核对原始记录')

  if (org.foundedOn > values.date!)
    warn('when', `${org.name} ${org.foundedOn} 才成立，会议日期在成立之前`, '核对日期，或改正组织的成立日期')
  const absent = new Map(values.absent.map((a) => [find(a.name, 'absent', '缺席人员'), a]))
  const told = basis !== 'chosen'
  const computed = told ? people.length : null
  if (computed !== null && values.expected !== null && computed !== values.expected)
    warn(
      'expected',
      `台账应到 ${values.expected} 人，按当天名册应到 ${computed} 人`,
      '两个数都保留；核对名册里的转入转出和预备党员',
      String(values.expected),
    )
  if (!told) return { attendance: [], computed, entitled: null, entitledPresent: null, chair, recorder }

  const attendance = people.map(({ personId, entitled, why }) => {
    const away = absent.get(personId)
    return { person_id: personId, present: !away, reason: away ? (away.reason ?? 'other') : null, note: away?.text ?? null, entitled, why }
  })
  const here = attendance.filter((a) => a.present)
  const agrees = !absent.has(null) && values.present === here.length && values.expected === computed
  return {
    attendance: agrees ? attendance : [],
    computed,
    entitled: attendance.filter((a) => a.entitled).length,
    entitledPresent: agrees ? here.filter((a) => a.entitled).length : null,
    chair,
    recorder,
  }
}

const plain = (name: string) => name.normalize('NFKC').replace(/\s+/g, '')
