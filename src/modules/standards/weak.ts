import { addMonths, dateName, onDay } from '#kernel/civilDate.ts'

/** Situations that local papers name and that records can show (handbook 1.9); never a rank, never a quota. */
export const REASONS = {
  committee: '班子不齐',
  vacant: '书记缺位',
  life: '组织生活不正常',
  development: '长期没有发展党员',
} as const
export type Reason = keyof typeof REASONS

/** What the records say of a branch on a day. */
export interface Known {
  full: number
  committee: number
  metAsCommittee: boolean
  foundedOn: string
  /** Since when nobody holds the post of 书记; null while somebody does. */
  vacantSince: string | null
  /** Of the last two whole quarters those without the assembly that was owed, in words. */
  missed: readonly string[]
  /** The last day on which somebody of this roster became 预备党员. */
  receivedOn: string | null
}

export interface Rule {
  reasons: readonly Reason[]
  vacantMonths: number
  undevelopedMonths: number
}

export interface Found {
  reason: Reason
  says: string
}

const day = (date: string) => dateName(onDay(date))

/** Which situations of the unit's rule the records show on a day; a person of the committee decides what follows. Pure. */
export function situationsOf(known: Known, rule: Rule, on: string): Found[] {
  return rule.reasons.flatMap((reason) => {
    const says = SAYS[reason](known, rule, on)
    return says === null ? [] : [{ reason, says }]
  })
}

const SAYS: Record<Reason, (known: Known, rule: Rule, on: string) => string | null> = {
  committee: ({ full, committee, metAsCommittee }) =>
    full >= 7 && committee < 3 && !metAsCommittee ? `正式党员 ${full} 人，在任支委 ${committee} 人，今年没有支委会的记录` : null,
  vacant: ({ vacantSince }, { vacantMonths }, on) =>
    vacantSince !== null && addMonths(vacantSince, vacantMonths) <= on ? `${day(vacantSince)}起没有书记，已满 ${vacantMonths} 个月` : null,
  life: ({ missed }) => (missed.length >= 2 ? `${missed.join('、')}都没有召开党员大会的记录` : null),
  development: ({ receivedOn, foundedOn }, { undevelopedMonths }, on) => {
    const since = receivedOn ?? foundedOn
    if (addMonths(since, undevelopedMonths) > on) return null
    return receivedOn
      ? `${day(receivedOn)}以后没有接收过预备党员，已满 ${undevelopedMonths} 个月`
      : `成立以来没有接收过预备党员，已满 ${undevelopedMonths} 个月`
  },
}
