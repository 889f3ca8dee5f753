import type { Event } from '../event.ts'
import type { Stage } from '../stage.ts'
import type { Problem } from '../story.ts'

/** The branch that collects its dues in the system. */
const KEY = '选煤机电'
const MONTHS = ['2026-06', '2026-07', '2026-08'] as const

const org = (stage: Stage) => stage.orgs.get(KEY)!
const keeper = (stage: Stage) => stage.people.get(`${KEY} 记录`)!
const rosterOf = async (stage: Stage) => (await stage.owner('members.roster', { orgId: org(stage), limit: 100 })).items

/** Bases in 元 as they come round, of a mine's wages; the last of the roster stands on the boundary. */
const BASES = [3860, 4520, 5210, 2980, 6340, 3000, 7125.5, 4999.99] as const
const BOUNDARY = 3000.01

async function setBases(stage: Stage, faulty: boolean): Promise<void> {
  const roster = await rosterOf(stage)
  for (const [i, { personId }] of roster.entries()) {
    const yuan = i === roster.length - 1 ? (faulty ? BOUNDARY : 3000) : BASES[i % BASES.length]!
    await stage.as(keeper(stage), 'dues.setBase', { personId, payer: 'employed', cents: Math.round(yuan * 100), month: '2026-01' })
  }
}

/** Everybody pays what is listed; the one on the boundary half a percent, as everybody thought. */
async function collect(stage: Stage, month: string): Promise<void> {
  await stage.as(keeper(stage), 'dues.makeList', { orgId: org(stage), month })
  const { items } = await stage.as(keeper(stage), 'dues.month', { orgId: org(stage), month })
  const last = (await rosterOf(stage)).at(-1)!.personId
  const paying = items
    .filter(({ owed }) => (owed ?? 0) > 0)
    .map(({ personId, owed }) => ({ personId, cents: personId === last ? 1500 : owed! }))
  await stage.as(keeper(stage), 'dues.pay', { orgId: org(stage), month, items: paying, paidOn: `${month}-12`, method: 'mobile' })
}

const at = (on: string, time: string, run: (stage: Stage) => Promise<unknown>): Event => ({ on, time, run })

/** 3,000.01 元 paid as 0.5 %: the boundary belongs to the lower bracket, a cent above pays 1 % of all. */
const duesBoundary: Problem = {
  key: 'dues-boundary',
  events: (faulty) => [
    at('2026-05-28', '10:00', (stage) => setBases(stage, faulty)),
    ...MONTHS.map((month) => at(`${month}-12`, '16:00', (stage) => collect(stage, month))),
  ],
  look: async (stage) => {
    const { items } = await stage.as(keeper(stage), 'dues.findings', { orgId: org(stage) })
    const [found] = items
    return (
      found && {
        by: 'dues.findings',
        says: `${found.says}。依据：${found.source}。${found.remedy}`,
        facts: found.facts,
        open: `/dues?org=${found.orgId}&view=arrears`,
      }
    )
  },
}

export const duesProblems = [duesBoundary]
