import { addDays, civilDate, daysBetween, daysInMonth } from '#kernel/civilDate.ts'

/** A day that the week does not decide: a holiday (rest) or a weekend worked in exchange. */
export interface SpecialDay {
  day: string
  rest: boolean
  name: string
}

export interface ReadNotice {
  days: SpecialDay[]
  /** Lines, or dates in them, that could not be understood; each says why. */
  problems: string[]
}

/**
 * Reads the public holidays of a year from text, as the yearly notice has them or as one writes them by hand:
 * 国庆节：10月1日（周四）至7日（周三）放假调休，共7天。9月27日（周日）、10月10日（周六）上班。
 */
export function readNotice(text: string, year: number): ReadNotice {
  const found = new Map<string, SpecialDay>()
  const problems: string[] = []
  for (const line of text.split('\n').map(plain).filter(Boolean)) {
    const [, name, said] = /^([^：:\d]{1,40})[：:](.*)$/.exec(line) ?? []
    if (!name || !said) {
      if (/\d+月\d+日/.test(line)) problems.push(`“${line.slice(0, 30)}”没有写是哪个节日，请写成「国庆节：10月1日至7日放假」`)
      continue
    }
    const read = daysOf(said, name, year, problems)
    if (read.length === 0) problems.push(`“${line.slice(0, 30)}”里没有看到哪天放假、哪天上班`)
    for (const special of read) {
      const before = found.get(special.day)
      if (before && before.rest !== special.rest) problems.push(`${special.day} 又放假又上班，请核对`)
      found.set(special.day, special)
    }
  }
  return { days: [...found.values()].sort((a, b) => (a.day < b.day ? -1 : 1)), problems }
}

/** The same days as lines of text, one a holiday, that `readNotice` reads back. */
export function noticeText(days: readonly SpecialDay[]): string {
  return [...Map.groupBy(days, (d) => d.name)]
    .map(([name, of]) => {
      const says = [
        [of.filter((d) => d.rest), '放假'],
        [of.filter((d) => !d.rest), '上班'],
      ] as const
      const parts = says.filter(([some]) => some.length > 0).map(([some, verb]) => `${runsOf(some.map((d) => d.day)).join('、')}${verb}`)
      return `${name}：${parts.join('。')}。`
    })
    .join('\n')
}

/** Neighbouring days in one: 10月1日至7日. */
export function runsOf(days: readonly string[]): string[] {
  const runs: [string, string][] = []
  for (const day of [...days].sort()) {
    const last = runs.at(-1)
    if (last && daysBetween(last[1], day) === 1) last[1] = day
    else runs.push([day, day])
  }
  return runs.map(([from, to]) => {
    const [, month, first] = from.split('-').map(Number)
    const [, lastMonth, last] = to.split('-').map(Number)
    const until = from === to ? '' : `至${lastMonth === month ? '' : `${lastMonth}月`}${last}日`
    return `${month}月${first}日${until}`
  })
}

// What stands in brackets names weekdays and days of the lunar calendar; it decides nothing.
const plain = (line: string) =>
  line
    .normalize('NFKC')
    .replace(/\([^)]*\)/g, '')
    .replace(/\s+/g, '')
    .replace(/^[一二三四五六七八九十]+、/, '')

const DATES = /(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日(?:[至到~—–-]+(?:(\d{4})年)?(?:(\d{1,2})月)?(\d{1,2})日)?/g

function daysOf(said: string, name: string, year: number, problems: string[]): SpecialDay[] {
  const found: SpecialDay[] = []
  let month = 0
  for (const clause of said.split(/[。;；,，]/)) {
    const rest = /放假|休息|连休/.test(clause)
    if (!rest && !/上班/.test(clause)) continue
    for (const [all, y, m, d, toYear, toMonth, toDay] of clause.matchAll(DATES)) {
      month = Number(m ?? month)
      const from = dayOf(Number(y ?? year), month, Number(d))
      month = Number(toMonth ?? month)
      const to = toDay ? dayOf(Number(toYear ?? y ?? year), month, Number(toDay)) : from
      if (!from || !to || to < from || daysBetween(from, to) > 31) problems.push(`${name}的“${all}”不是日历上有的日期，请核对`)
      else for (let day = from; day <= to; day = addDays(day, 1)) found.push({ day, rest, name })
    }
  }
  const outside = found.filter((s) => Number(s.day.slice(0, 4)) !== year)
  if (outside.length > 0) problems.push(`${name}有 ${outside.length} 天不在 ${year} 年（${outside[0]!.day}），请到那一年里登记`)
  return found.filter((s) => !outside.includes(s))
}

const dayOf = (year: number, month: number, day: number): string | undefined =>
  month >= 1 && month <= 12 && day >= 1 && day <= daysInMonth(year, month) ? civilDate(year, month, day) : undefined
