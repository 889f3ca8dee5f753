import { shot } from '#testing/browser/browser.ts'
import { typeAll } from '#testing/commandsOfAppraisals.ts'
import { on, type YearOfBranch } from './branch.ts'
import type { typedOnce } from './typed.ts'

type Once = ReturnType<typeof typedOnce>

/** Talks, opinions, comparisons, the meeting, and what is to be put right after it. */
export async function orgLifeMeeting(year: YearOfBranch, once: Once) {
  await year.ordinaryUntil(10)
  year.w.setNow(on('2026-11-06'))
  const phone = await year.page('secretary', 'phone', '/talks')
  await phone.getByRole('button', { name: '登记谈话' }).click()
  const chips = phone.getByRole('dialog').locator('.chip')
  await chips.first().waitFor()
  const others = await chips.count()
  for (let i = 0; i < others; i++) await chips.nth(i).click()
  await phone.getByRole('button', { name: `登记 ${others} 次谈话` }).click()
  await phone.getByRole('dialog').waitFor({ state: 'detached' })

  const desk = await year.page('secretary', 'desktop', '/life-meetings')
  await desk.getByRole('button', { name: '开始筹备组织生活会' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '开始筹备组织生活会' }).click()
  await desk
    .getByRole('button', { name: /机电队党支部/ })
    .first()
    .click()
  await desk.getByRole('button', { name: '记征求到的意见' }).click()
  await once.typeInConfidence(desk.getByLabel('意见', { exact: true }), '夜班检修时党员骨干到场少')
  await desk.getByRole('button', { name: '存下意见' }).click()
  await desk.getByText('已收到 1 条').waitFor()
  await once.typeInConfidence(desk.getByLabel(/差在哪里/), '夜班现场去得少，明年每月跟班两次')
  await desk.getByRole('button', { name: '存下对照检查' }).click()
  await desk.getByText('还有 8 人没写').first().waitFor()
  await desk.getByRole('button', { name: '登记交了纸质的' }).click()
  const papers = desk.getByRole('dialog').locator('.chip')
  for (let i = 0; i < 8; i++) await papers.nth(i).click()
  await desk.getByRole('button', { name: '登记 8 人已交' }).click()
  await desk.getByText('都写了').first().waitFor()

  year.w.setNow(on('2026-11-18', '20:00'))
  await year.meeting('orgLifeMeeting', '2026-11-18', '2026 年度组织生活会')
  await desk.getByRole('button', { name: '关联开过的会' }).click()
  await desk.getByRole('radio').first().waitFor()
  await desk.getByRole('button', { name: '关联这次会' }).click()
  await desk.getByRole('button', { name: '列整改清单' }).click()
  await once.type(desk.getByLabel('问题', { exact: true }), '支委到夜班现场少')
  await once.type(desk.getByLabel('怎么改'), '支委排进夜班跟班表，每月两次')
  await desk.getByRole('button', { name: '列入整改清单' }).click()
  await desk.getByRole('link', { name: /支委排进夜班跟班表/ }).waitFor()
  await shot(desk, 'year-chain', { full: true })
}

/** 民主评议党员: own words, 互评, paper ballot, the committee's opinion, feedback. */
export async function appraisal(year: YearOfBranch, once: Once) {
  await year.ordinaryUntil(11)
  year.w.setNow(on('2026-12-08'))
  const desk = await year.page('secretary', 'desktop', '/appraisals')
  await desk.getByRole('button', { name: '开始 2026 年民主评议' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '开始 2026 年民主评议' }).click()
  await desk.getByRole('heading', { name: '自评与互评' }).waitFor()
  const member = await year.page('sun', 'phone', '/workbench')
  await member.getByRole('link', { name: /年个人自评/ }).click()
  await once.typeInConfidence(member.getByLabel(/这一年做了什么/), '带了两名徒弟，排查隐患十一处，讲课还不够')
  await member.getByRole('button', { name: '存下自评' }).click()
  await member.getByText('自评已存').waitFor()

  await desk.getByRole('button', { name: /年度民主评议党员/ }).click()
  await desk.getByRole('button', { name: '记互评已开' }).click()
  await desk.getByRole('dialog').getByRole('button', { name: '记互评已开' }).click()
  await desk.getByRole('button', { name: '开始民主测评计票' }).click()
  const chosen = (group: RegExp) => desk.getByRole('group', { name: group }).locator('.chip')
  for (const i of [0, 1])
    await chosen(/计票人/)
      .nth(i)
      .click()
  for (const i of [2, 3])
    await chosen(/监票人/)
      .nth(i)
      .click()
  await desk.getByRole('button', { name: '开始计票', exact: true }).click()
  await desk.getByRole('link', { name: '看计票进度' }).waitFor()
  await typedByBoth(year)
  await desk.reload()
  for (const i of [0, 1, 2]) await desk.locator('.lines select').nth(i).selectOption('excellent')
  await desk.getByRole('button', { name: '存下评议意见' }).click()
  await desk.getByRole('button', { name: '已当面反馈' }).first().click()
  await desk.getByText('日已反馈').waitFor()
}

/** The ballots as teller and scrutineer type them, each on their own (the screens are tried with the counts). */
async function typedByBoth({ w, people }: YearOfBranch) {
  const { items } = await w.done(people.secretary, 'appraisals.list', {})
  const round = await w.done(people.secretary, 'appraisals.get', { id: items[0]!.id })
  const count = await w.done(people.secretary, 'meetings.count', { id: round.countId! })
  const ids = (some: { id: string }[]) => some.map((p) => p.id) as [string, string]
  await typeAll(w, count.id, { tellerIds: ids(count.tellers), scrutineerIds: ids(count.scrutineers), present: round.graded })
}
