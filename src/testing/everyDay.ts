import { addDays, addMonths, dateAt, dateName, daysBetween, isDated, onDay, readDate } from '#kernel/civilDate.ts'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { xlsxBuffer } from '#runtime/sheets/write.ts'

/**
 * Sends every day from 1949 to 2050 through all written forms, through a spreadsheet and through the instants of that day, in the time
 * zone of this process; prints the days that changed.
 */
const days: string[] = []
for (let day = '1949-01-01'; day <= '2050-12-31'; day = addDays(day, 1)) days.push(day)

const changed: string[] = []
const expect = (day: string, text: string) => {
  const value = readDate(text)
  if (!isDated(value) || value.from !== day || value.to !== day || value.precision !== 'day') changed.push(`${day} as ${text}`)
}
for (const day of days) {
  const [year, month, date] = day.split('-').map(Number) as [number, number, number]
  for (const text of [day, day.replaceAll('-', ''), `${year}.${month}.${date}`, `${year}/${month}/${date}`, dateName(onDay(day))])
    expect(day, text)
  expect(day, String(daysBetween('1899-12-30', day)))
  if (dateAt(new Date(`${day}T12:00:00+08:00`)) !== day) changed.push(`${day} at noon in Shanghai`)
  if (addMonths(addMonths(day, 12), -12) !== day && !day.endsWith('02-29')) changed.push(`${day} a year there and back`)
}

const book = await openSpreadsheet(
  await xlsxBuffer([{ name: '日期', columns: [{ title: '日期', kind: 'date' }, { title: '文字' }], rows: days.map((day) => [day, day]) }]),
)
let index = 0
for await (const { row, cells } of book.sheets[0]!.rows()) {
  if (row === 1) continue
  const day = days[index++]
  if (cells[0]?.text !== day || cells[0]?.kind !== 'date' || cells[1]?.text !== day) changed.push(`${day} in a spreadsheet`)
}
if (index !== days.length) changed.push(`${index} rows`)

console.log(
  JSON.stringify({
    zone: process.env.TZ,
    offset: new Date(2000, 0, 1).getTimezoneOffset(),
    days: days.length,
    changed: changed.slice(0, 10),
  }),
)
