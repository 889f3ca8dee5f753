import { type RawBuilder, sql } from 'kysely'

export interface Hours {
  /** 0 to 23, the first hour of quiet and the first after it; from 22 until 7 goes over midnight. */
  from: number
  until: number
}

/** Does this hour of the day, 0 to 23, lie in the quiet ones? */
export const isQuiet = ({ from, until }: Hours, hour: number): boolean =>
  from < until ? hour >= from && hour < until : hour >= from || hour < until

/** The same as `isQuiet`, of a row `q` of notifications.quiet. */
export const quietAt = (hour: number): RawBuilder<boolean> => sql<boolean>`case when q.from_hour < q.until_hour
  then ${hour}::int >= q.from_hour and ${hour}::int < q.until_hour else ${hour}::int >= q.from_hour or ${hour}::int < q.until_hour end`

/** The hour of the day in Shanghai. */
export const hourAt = (now: Date): number => Number(hours.format(now)) % 24

const hours = new Intl.DateTimeFormat('en-GB', { timeZone: 'Asia/Shanghai', hour: '2-digit', hourCycle: 'h23' })
