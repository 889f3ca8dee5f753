import type { DatedValue } from '#kernel/civilDate.ts'

/** A date of life as operations take it: 1992, 1992-12 or 1992-12-17. */
export const lifeText = ({ from, precision }: DatedValue): string => from.slice(0, { day: 10, month: 7, year: 4 }[precision])
