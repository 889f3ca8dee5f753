import type { Measure } from '#kernel/measure.ts'
import { ledgerAsOf } from '#ledger/reading.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import type { World } from '#testing/world.ts'

/** A committee with an officer, and branches below it that collect dues. */
export async function paying(w: World) {
  const committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  const officer = await makeMember(w, await makeOrg(w, { kind: 'partyBranch', parentId: committee }))
  await givePost(w, committee, officer, 'partyAffairsWorker')

  /** A branch with its 组织委员 and members of these bases in cents, from January 2026. */
  async function branchOf(...cents: number[]) {
    const orgId = await makeOrg(w, { kind: 'partyBranch', parentId: committee })
    const keeper = await makeMember(w, orgId, { name: `甲组织${orgId.slice(-6)}` })
    await givePost(w, orgId, keeper, 'organizationCommissioner')
    const people: string[] = []
    for (const [i, base] of cents.entries()) {
      const personId = await makeMember(w, orgId, { name: `乙某${orgId.slice(-6)}${i}`, staffNo: `${orgId.slice(-6)}-${i}` })
      await w.done(keeper, 'dues.setBase', { personId, payer: 'employed', cents: base, month: '2026-01' })
      people.push(personId)
    }
    return { orgId, keeper, people }
  }

  const list = (as: string, orgId: string, month: string) => w.done(as, 'dues.makeList', { orgId, month })
  async function rowsOf(as: string, orgId: string, month: string) {
    const { items } = await w.done(as, 'dues.month', { orgId, month })
    return new Map(items.map((r) => [r.personId, r]))
  }
  const casesOf = (m: Measure, orgId: string, from: string, to: string, asAt = '2026-11-22') =>
    m.cases({ db: w.db, facts: ledgerAsOf(), orgIds: [orgId], from, to, asAt, filter: {}, memo: new Map() })
  return { committee, officer, branchOf, list, rowsOf, casesOf }
}

export type Paying = Awaited<ReturnType<typeof paying>>

/** A payment of one person on 15 October 2026 for that month, as `dues.pay` takes it. */
export const payment = (orgId: string, personId: string, cents: number, more: object = {}) => ({
  orgId,
  month: '2026-10',
  items: [{ personId, cents }],
  paidOn: '2026-10-15',
  method: 'mobile' as const,
  ...more,
})
