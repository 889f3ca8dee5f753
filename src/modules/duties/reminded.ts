import { addDays } from '#kernel/civilDate.ts'
import type { Ctx } from '#kernel/operation.ts'
import { casesOf } from './cases.ts'
import type { DutyCase } from './owed.ts'

/** Days before the period's end on which people are reminded, by length of the period. */
const REMIND_BEFORE = { month: 10, quarter: 20, half: 30, year: 60 } as const

/** What these branches have not done yet and are reminded of that day. */
export const remindedOf = async (ctx: Pick<Ctx, 'db'>, orgIds: string[], day: string): Promise<DutyCase[]> =>
  (await casesOf(ctx, orgIds, day, day, day)).filter((c) => c.state === 'open' && isReminded(c, day))

const isReminded = (c: DutyCase, day: string) => day >= addDays(c.period.to, -REMIND_BEFORE[c.rule.every])
