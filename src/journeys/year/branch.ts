import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { extractText, getDocumentProxy } from 'unpdf'
import type { MeetingKind } from '#modules/meetings/contract.ts'
import { openBrowser, type Size } from '#testing/browser/browser.ts'
import { siteOf } from '#testing/browser/site.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { world } from '#testing/world.ts'

/** A morning (or an hour) of the year that is played. */
export const on = (date: string, time = '09:00') => new Date(`${date}T${time}:00+08:00`)

/** Two branches under a committee whose year begins: their people at their screens, and what a branch holds every month. */
export async function yearOfBranch() {
  const w = await world({ now: on('2026-01-05') })
  const site = await siteOf(w)
  const browser = await openBrowser()
  const committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团一矿党委' })
  const office = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '机关党支部' })
  const branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '机电队党支部' })
  const other = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '综采一队党支部' })
  const officer = await makeMember(w, office, { name: '党某某' })
  await givePost(w, committee, officer, 'partyAffairsWorker')
  const names = ['王某某', '李某某', '赵某某', '钱某某', '孙某某', '周某某', '吴某某', '郑某某']
  const own = await Promise.all(names.map((name) => makeMember(w, branch, { name })))
  const [secretary, organiser, publicity, qian, sun] = own as [string, string, string, string, string]
  await givePost(w, branch, secretary, 'partySecretary')
  await givePost(w, branch, organiser, 'organizationCommissioner')
  await givePost(w, branch, publicity, 'publicityCommissioner')
  const feng = await makeMember(w, other, { name: '冯某某' })
  const chen = await makeMember(w, other, { name: '陈某某' })
  await givePost(w, other, chen, 'partySecretary')
  const people = { officer, secretary, organiser, qian, sun, feng, chen }

  const page = (who: keyof typeof people, size: Size, path: string): Promise<Page> => site.pageOf(browser, size, people[who], path)
  const memberIds = async () => (await w.done(organiser, 'members.roster', { orgId: branch })).items.map((m) => m.personId)

  const meeting = (kind: MeetingKind, heldOn: string, topic: string) =>
    w.done(organiser, 'meetings.record', {
      orgId: branch,
      kinds: [kind],
      title: topic,
      heldOn,
      start: '16:30',
      end: '17:30',
      place: '党员活动室',
      chairId: secretary,
      recorderId: organiser,
      absent: [],
      observers: [],
      items: [{ topic, discussion: '逐人发言', resolution: '按议定的办' }],
      settled: [],
    })

  let recorded = 0
  /** What a branch holds every month and quarter, in the ways tried in the journey, up to the end of this month. */
  async function ordinaryUntil(last: number): Promise<void> {
    while (recorded < last) {
      const month = ++recorded
      const day = `2026-${String(month).padStart(2, '0')}-22`
      w.setNow(on(day, '20:00'))
      await meeting('branchCommittee', day, `${month} 月支委会`)
      await meeting('themePartyDay', day, `${month} 月主题党日`)
      if (month % 3 === 0) await meeting('partyLecture', day, `第 ${month / 3} 季度党课`)
      if (month % 3 === 0 && month > 3) await meeting('memberAssembly', day, `第 ${month / 3} 季度党员大会`)
    }
  }

  async function close() {
    await browser.close()
    await w.close()
  }
  return { w, orgs: { committee, branch, other }, people, page, memberIds, meeting, ordinaryUntil, close }
}

export type YearOfBranch = Awaited<ReturnType<typeof yearOfBranch>>

/** The file behind a button or a link of this name. */
export async function taken(at: Page, role: 'button' | 'link', name: string): Promise<Buffer> {
  const [file] = await Promise.all([at.waitForEvent('download'), at.getByRole(role, { name, exact: true }).click()])
  return readFile(await file.path())
}

/** The words of a PDF without what only sets them. */
export async function paperText(pdf: Buffer): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })
  return text.replace(/[\s\u200b]/g, '')
}
