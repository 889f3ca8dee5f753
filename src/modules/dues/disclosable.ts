/** The sums of one month in cents. */
export interface MonthSums {
  month: string
  persons: number
  paidPersons: number
  owed: number
  paid: number
}

/** So few people that an amount of them tells what one pays. */
const FEW = 5

/**
 * What of the sums may be seen by those who keep no lists: with few payers no amount; where few are still to pay, not what was paid;
 * where few came or went from one month to the next, no amounts of single months.
 */
export function disclosable(months: readonly MonthSums[], keepsLists: boolean) {
  const totals = { owed: sum(months.map(({ owed }) => owed)), paid: sum(months.map(({ paid }) => paid)) }
  if (keepsLists) return { months: [...months], totals, hidden: null }
  const few = months.some(({ persons }) => persons < FEW)
  const fewOpen = months.some(({ persons, paidPersons }) => isFew(persons - paidPersons))
  const fewMoved = months.some(({ persons }, i) => i > 0 && isFew(Math.abs(persons - months[i - 1]!.persons)))
  const why = few ? `有的月份交纳人数不足 ${FEW} 人` : fewOpen ? '没有交足的人很少' : fewMoved ? '相邻两月只有少数人变动' : null
  return {
    months: months.map((m) => ({ ...m, owed: few || fewMoved ? null : m.owed, paid: few || fewMoved || fewOpen ? null : m.paid })),
    totals: { owed: few ? null : totals.owed, paid: few || fewOpen ? null : totals.paid },
    hidden: why && `${why}，列出金额会看出个人交多少，所以不列；管党费的同志看得到全部`,
  }
}

const isFew = (n: number) => n > 0 && n < FEW
const sum = (numbers: readonly number[]) => numbers.reduce((s, n) => s + n, 0)
