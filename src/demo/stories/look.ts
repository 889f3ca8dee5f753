import type { Api } from '../../platform.ts'
import type { Stage } from '../stage.ts'
import type { Sight } from '../story.ts'
import { TODAY } from '../unit.ts'

const span = { from: '2025-01-01', to: TODAY, asAt: TODAY }

type Duty = Api['duties.findings']['output']['items'][number]

/** What the duties module finds missing at one branch. */
export async function dutyFindings(stage: Stage, branch: string): Promise<Duty[]> {
  return (await stage.owner('duties.findings', { orgId: stage.orgs.get(branch)!, ...span })).items
}

/** The first finding of a duty and period, as a sight. */
export async function missing(stage: Stage, branch: string, duty: Duty['duty'], period: string): Promise<Sight | undefined> {
  const found = (await dutyFindings(stage, branch)).find((f) => f.duty === duty && f.period === period)
  return found && { by: 'duties.findings', says: `${found.says}。${found.remedy}`, facts: found.facts, open: found.open }
}

type MeetingKey = Api['meetings.findings']['output']['items'][number]['key']

/** What the meetings module finds in the records of one branch, or in that of one day. */
export async function meetingFinding(stage: Stage, branch: string, key: MeetingKey, heldOn?: string): Promise<Sight | undefined> {
  const { items } = await stage.owner('meetings.findings', { orgId: stage.orgs.get(branch)!, from: span.from, to: span.to, key })
  const found = items.find((f) => !heldOn || f.heldOn === heldOn)
  return (
    found && {
      by: 'meetings.findings',
      says: `${found.says}。依据：${found.source}。${found.remedy}`,
      facts: found.factIds,
      open: found.open,
    }
  )
}
