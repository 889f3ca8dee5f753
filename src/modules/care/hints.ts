import { addDays, addMonths, addYears, daysBetween } from '#kernel/civilDate.ts'
import type { Hint, Kind } from './contract.ts'

export interface Known {
  kind: Kind
  /** Since when away, out of contact or retired. */
  since: string
  /** From when the contact is counted where no contact was made since. */
  beginsOn: string
  settled: boolean
  abroad: boolean
  everyDays: number
  lastOn: string | null
}

/** Days since somebody last spoke with the person, or since the plan counts from. */
export const daysSince = ({ beginsOn, lastOn }: Pick<Known, 'beginsOn' | 'lastOn'>, day: string): number =>
  Math.max(0, daysBetween(lastOn !== null && lastOn > beginsOn ? lastOn : beginsOn, day))

/** The day by which contact is due. */
export const dueOn = ({ beginsOn, lastOn, everyDays }: Pick<Known, 'beginsOn' | 'lastOn' | 'everyDays'>): string =>
  addDays(lastOn !== null && lastOn > beginsOn ? lastOn : beginsOn, everyDays)

/** What rules say to somebody away or out of contact on a day; hints only, a person decides (MEM-04, 07, 08, 09). */
export function hintsFor(k: Known, day: string): Hint[] {
  const hints: (Hint | false)[] = [
    k.kind === 'floating' &&
      k.settled &&
      !k.abroad &&
      day >= addMonths(k.since, 6) && {
        code: 'should-transfer',
        says: `外出满 6 个月（${k.since} 起）、地点固定，应转组织关系`,
        source: '外出六个月以上、地点固定的应转组织关系，否则按流动党员管理',
      },
    k.kind === 'floating' &&
      k.abroad &&
      day >= addYears(k.since, 5) && {
        code: 'abroad-five-years',
        says: `出国（境）满 5 年（${k.since} 起）未归，一般停止党籍，报上级党组织研究`,
        source: '《中国共产党党员教育管理工作条例》第二十四条（核对原文）',
      },
    k.kind === 'lost' &&
      day >= addMonths(k.since, 6) &&
      day < addMonths(k.since, 30) && {
        code: 'lost-six-months',
        says: `失去联系满 6 个月（${k.since} 起），经查找仍无结果的，停止党籍报上级批准；先核实有没有正当理由`,
        source: '失联六个月以上经查找无果，停止党籍（核对原文）',
      },
    k.kind === 'lost' &&
      day >= addMonths(k.since, 30) && {
        code: 'lost-thirty-months',
        says: `失去联系已 30 个月（${k.since} 起）；停止党籍满 2 年仍失联的，按自行脱党除名，由支部大会决定、报上级批准`,
        source: '停止党籍满二年仍失联，按自行脱党除名（核对原文）',
      },
    k.kind !== 'lost' &&
      day > addMonths(k.lastOn !== null && k.lastOn > k.since ? k.lastOn : k.since, 6) && {
        code: 'six-months-silent',
        says: '连续 6 个月没有联系；没有正当理由不参加组织生活、不交党费或不做分配的工作，任一项满 6 个月视为自行脱党，请先核实',
        source: '《中国共产党章程》第九条：须先核实正当理由，支部大会决定除名，报上级批准',
      },
  ]
  return hints.filter((hint) => hint !== false)
}
