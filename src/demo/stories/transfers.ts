import { importPeople } from '../acts.ts'
import type { Stage } from '../stage.ts'
import type { Problem } from '../story.ts'
import { BRANCHES, COMMITTEE } from '../unit.ts'
import { enrolMore } from './duties.ts'

const OLD = '物资供应'
const NEW = '铁运队'
const NUMBER = 1460

const nameOf = (key: string) => BRANCHES.find((b) => b.key === key)!.name
const movingKey = 'roster-clash 转接'

/** Somebody joins the old branch in spring and is sent to the new one in June, by letter. */
async function send(stage: Stage): Promise<void> {
  const [one] = await enrolMore(stage, OLD, NUMBER, 1)
  const sent = await stage.as(stage.people.get(`${OLD} 书记`)!, 'transfers.send', {
    orgId: stage.orgs.get(OLD)!,
    personId: stage.people.get(one!.staffNo)!,
    toOrgId: stage.orgs.get(NEW)!,
    cause: 'job',
    sentOn: '2026-06-10',
    days: 10,
  })
  stage.people.set(movingKey, sent.id)
}

/** The new branch brings its own old list in instead of receiving. */
async function enterAnew(stage: Stage): Promise<void> {
  const { name, personId } = await stage.owner('transfers.get', { id: stage.people.get(movingKey)! })
  const { joined, converted } = await stage.owner('members.get', { personId })
  const row = [name, null, nameOf(NEW), null, null, null, null, null, '正式党员', joined, converted, null]
  await importPeople(stage, [{ staffNo: '', name, branch: NEW, full: true, joinedOn: joined!, convertedOn: converted, row }])
}

const receive = (stage: Stage) =>
  stage.as(stage.people.get(`${NEW} 书记`)!, 'transfers.receive', { id: stage.people.get(movingKey)!, version: 1, on: '2026-06-18' })

/** One person on two rosters after a transfer that was sent but never received. */
const rosterClash: Problem = {
  key: 'roster-clash',
  events: (faulty) => [
    { on: '2026-06-10', time: '10:00', run: send },
    { on: '2026-06-18', time: '10:00', run: faulty ? enterAnew : receive },
  ],
  look: async (stage) => {
    const orgId = stage.orgs.get(COMMITTEE.key)!
    const { items, source } = await stage.owner('transfers.clashes', { orgId })
    const [found] = items
    return (
      found && {
        by: 'transfers.clashes',
        says: `${found.says}。依据：${source}。${found.remedy}`,
        facts: found.facts,
        open: `/transfers?org=${found.stays[1]!.orgId}`,
      }
    )
  },
}

export const transferProblems = [rosterClash]
