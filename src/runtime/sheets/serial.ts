/** A civil moment read from a spreadsheet's day count: `date` is 'YYYY-MM-DD', `time` 'HH:MM' or null at midnight. */
export type SerialMoment = { date: string; time: string | null }

const DAY = 86_400_000

/**
 * Turns a spreadsheet's serial day number into a civil date, without any time zone; null for what is no date (negative, too large,
 * or day 60 of the 1900 system, a 29 February 1900 that never was).
 */
export const serialToMoment = (serial: number, date1904: boolean): SerialMoment | null => {
  if (!Number.isFinite(serial) || serial < 0 || serial > 2_958_465) return null
  const minutes = Math.round(serial * 1440)
  const day = Math.floor(minutes / 1440)
  if (!date1904 && (day === 60 || day === 0)) return null
  const base = date1904 ? Date.UTC(1904, 0, 1) : day < 60 ? Date.UTC(1899, 11, 31) : Date.UTC(1899, 11, 30)
  const date = new Date(base + day * DAY).toISOString().slice(0, 10)
  const minute = minutes % 1440
  return { date, time: minute === 0 ? null : `${two(Math.floor(minute / 60))}:${two(minute % 60)}` }
}

const two = (n: number) => String(n).padStart(2, '0')
