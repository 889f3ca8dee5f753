import type { Ctx } from '#kernel/operation.ts'
import { casesOf } from './cases.ts'
import { DUTY_KINDS } from './contract.ts'

export interface OpenDuty {
  says: string
  dueOn: string
}

/** What of this year an organisation has not done by that day: what is overdue, and what its running periods still ask for. */
export async function openDutiesOf(db: Ctx['db'], orgId: string, day: string): Promise<OpenDuty[]> {
  const cases = await casesOf({ db }, [orgId], `${day.slice(0, 4)}-01-01`, day, day)
  return cases
    .filter((c) => c.met < c.expected && c.state !== 'exempt' && c.rule.strength !== 'may')
    .map((c) => {
      const late = c.period.to < day ? '逾期未办，' : ''
      return { says: `${c.period.name}的${DUTY_KINDS[c.duty]}：${late}还差 ${c.expected - c.met} 次`, dueOn: c.period.to }
    })
}
