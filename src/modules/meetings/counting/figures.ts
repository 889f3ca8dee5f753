import type { Fields } from '#kernel/errors.ts'
import { type Figures, PAPER_CHOICES, type PaperChoice } from '../contract.ts'

/** Notes in `wrong`, under `at`, figures that no count of paper votes can give. */
export function checkFigures({ returned, invalid, votes }: Figures, choices: PaperChoice, issued: number, at: string, wrong: Fields): void {
  const options = Object.keys(PAPER_CHOICES[choices].options)
  const given = Object.keys(votes)
  const sum = options.reduce((all, option) => all + (votes[option] ?? 0), 0) + invalid
  if (given.some((option) => !options.includes(option)) || given.length !== options.length)
    wrong[`${at}.votes`] = ['请逐项填票数，没有的填 0']
  else if (returned > issued) wrong[`${at}.returned`] = [`收回的票（${returned}）多于发出的票（${issued}），这次投票无效，请作废后重新投票`]
  else if (sum !== returned) wrong[`${at}.returned`] = [`各项加废票共 ${sum} 张，与收回的 ${returned} 张不相等，请重新清点`]
}

/** Two counts say the same of every option, of what is invalid and of what came back. */
export const sameFigures = (a: Figures, b: Figures): boolean =>
  a.returned === b.returned &&
  a.invalid === b.invalid &&
  Object.keys(a.votes).length === Object.keys(b.votes).length &&
  Object.entries(a.votes).every(([option, n]) => b.votes[option] === n)
