import { type CivilDate, type DateProblem, isDated, readDate } from '#kernel/civilDate.ts'

/** When a meeting was: the day, and begin and end as 'HH:MM' in Shanghai time as far as they are written. */
export type Moment = { date: CivilDate; start: string | null; end: string | null }

/** Reads a moment as ledgers write it: 2025-02-18 15:00, 2025年1月20日 15:00-16:30, 2025.2.20, 2025年1月20日下午3点半. */
export const readMoment = (text: string, date1904 = false): Moment | DateProblem => {
  const plain = text
    .normalize('NFKC')
    .replace(/[—–－~～至到]+/g, '-')
    .trim()
  const first = plain.search(clock)
  const [datePart, timePart] = first < 0 ? [plain, ''] : [plain.slice(0, first), plain.slice(first)]
  const date = readDate(datePart.replace(/[(（]?(星期|周)[一二三四五六日天][)）]?/g, '').replace(/[\sT,，]+$/, ''), date1904)
  if (!isDated(date)) return { ...date, problem: date.problem.replace(`“${datePart}”`, `“${text}”`) }
  if (date.precision !== 'day') return { problem: `“${text}”没有写到日`, remedy: '补上会议当天的日期' }
  return { date: date.from, ...readTimes(timePart) }
}

/** True when `readMoment` found the day. */
export const isMoment = (value: Moment | DateProblem): value is Moment => 'date' in value

/** The first two times of day in a text as begin and end; an afternoon said once holds for both. */
export const readTimes = (text: string): { start: string | null; end: string | null } => {
  const plain = text.normalize('NFKC')
  let half = ''
  const times: string[] = []
  for (const match of plain.matchAll(new RegExp(clock, 'g'))) {
    half = match[1] ?? half
    const time = timeOf(half, match)
    if (time) times.push(time)
  }
  const [start = null, end = null] = times
  return { start, end: start && end && end > start ? end : null }
}

const clock = /(上午|下午|晚上|晚|早上|中午)?\s*(\d{1,2})(?:[::](\d{2})(?::\d{2})?|[时点](半|一刻|三刻|(\d{1,2})分?)?整?)/

const timeOf = (half: string, [, , hours, colonMinutes, spoken, spokenMinutes]: RegExpMatchArray): string | null => {
  const minutes = Number(colonMinutes ?? spokenMinutes ?? { 半: 30, 一刻: 15, 三刻: 45 }[spoken ?? ''] ?? 0)
  const hour = Number(hours) + (/[下晚]/.test(half) && Number(hours) < 12 ? 12 : 0)
  return hour < 24 && minutes < 60 ? `${String(hour).padStart(2, '0')}:${String(minutes).padStart(2, '0')}` : null
}
