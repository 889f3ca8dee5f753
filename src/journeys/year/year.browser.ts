import { readFile } from 'node:fs/promises'
import type { Page } from 'playwright-core'
import { extractText, getDocumentProxy } from 'unpdf'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { MeetingKind } from '#modules/meetings/contract.ts'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { openBrowser, type Size, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { type Site, siteOf } from '#testing/browser/site.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import { typedOnce } from './typed.ts'

/** Everything that people type in this year: nothing of it twice. */
const once = typedOnce()
let w: World
let site: Site
let browser: TestBrowser
const orgs = { committee: '', branch: '', other: '' }
const people = { officer: '', secretary: '', organiser: '', qian: '', sun: '', feng: '', chen: '' }

beforeAll(async () => {
  w = await world({ now: on('2026-01-05') })
  site = await siteOf(w)
  browser = await openBrowser()
  orgs.committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团一矿党委' })
  const office = await makeOrg(w, { kind: 'partyBranch', parentId: orgs.committee, name: '机关党支部' })
  orgs.branch = await makeOrg(w, { kind: 'partyBranch', parentId: orgs.committee, name: '机电队党支部' })
  orgs.other = await makeOrg(w, { kind: 'partyBranch', parentId: orgs.committee, name: '综采一队党支部' })
  people.officer = await makeMember(w, office, { name: '党某某' })
  await givePost(w, orgs.committee, people.officer, 'partyAffairsWorker')
  const [secretary, organiser, publicity, qian, sun] = await Promise.all(
    ['王某某', '李某某', '赵某某', '钱某某', '孙某某', '周某某', '吴某某', '郑某某'].map((name) => makeMember(w, orgs.branch, { name })),
  )
  Object.assign(people, { secretary, organiser, qian, sun })
  await givePost(w, orgs.branch, secretary!, 'partySecretary')
  await givePost(w, orgs.branch, organiser!, 'organizationCommissioner')
  await givePost(w, orgs.branch, publicity!, 'publicityCommissioner')
  people.feng = await makeMember(w, orgs.other, { name: '冯某某' })
  people.chen = await makeMember(w, orgs.other, { name: '陈某某' })
  await givePost(w, orgs.other, people.chen, 'partySecretary')
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

const on = (date: string, time = '09:00') => new Date(`${date}T${time}:00+08:00`)
const page = (who: keyof typeof people, size: Size, path: string): Promise<Page> => site.pageOf(browser, size, people[who], path)
const title = (at: Page, says: string | RegExp) => at.getByRole('heading', { level: 1, name: says }).waitFor()

describe('a branch and its committee work a year', () => {
  test('January: the committee deploys a task from its desk, the secretary answers for it on a phone', { timeout: 120_000 }, async () => {
    const desk = await page('officer', 'desktop', '/deployments')
    await title(desk, '还没有向下级部署')
    await desk.getByRole('button', { name: '部署一项工作' }).click()
    await once.type(desk.getByLabel('题目'), '井下电气隐患排查')
    await once.type(desk.getByLabel('下级要做什么'), '逐台排查井下电气设备的接地和绝缘，逐条登记')
    await desk.getByText('所辖全部支部').click()
    await desk.getByText('到某一天').click()
    await desk.getByLabel('到哪一天').fill('2026-02-10')
    await desk.getByRole('button', { name: '下达部署' }).click()
    await title(desk, /3 个单位，已办结 0 个/)

    const phone = await page('secretary', 'phone', '/todo')
    await phone.getByRole('link', { name: /井下电气隐患排查/ }).click()
    await phone.getByRole('button', { name: '接收' }).click()
    await phone.getByRole('button', { name: '写怎么落实' }).click()
    await once.type(phone.getByLabel('怎么落实', { exact: true }), '每班查三台，机长登记，支委轮流跟班')
    await phone.getByRole('button', { name: '存下落实安排' }).click()
    await phone.getByText('每班查三台，机长登记，支委轮流跟班').first().waitFor()
    w.setNow(on('2026-02-06'))
    await phone.getByRole('button', { name: '报办结' }).click()
    await once.type(phone.getByLabel(/办理结果/), '查四十二台，处理接地不良三处')
    await phone.getByRole('button', { name: '报给交办方验收' }).click()
    await phone.getByText('已报结果，待验收').first().waitFor()

    await desk.goto('/todo')
    await desk.getByRole('link', { name: /去验收/ }).click()
    await desk.getByRole('button', { name: '验收', exact: true }).click()
    await desk.getByRole('button', { name: '验收通过' }).click()
    await desk.getByText('已办结').first().waitFor()
  })

  test('March: an assembly is called, answered, held and signed; what it resolved is done and shows in its minutes', {
    timeout: 120_000,
  }, async () => {
    await ordinaryUntil(2)
    w.setNow(on('2026-03-18'))
    const phone = await page('organiser', 'phone', '/meetings/plan?day=2026-03-20')
    await phone.getByRole('button', { name: '党员大会', exact: true }).click()
    await phone.getByText('应到 8 人，其中有表决权 8 人').waitFor()
    await once.type(phone.getByLabel('地点'), '井口调度楼')
    await phone.getByLabel('议题 1', { exact: true }).waitFor()
    const agenda = await phone.getByLabel(/^议题 \d+$/).count()
    await once.type(phone.getByLabel('议题 1', { exact: true }), '讨论今年党员先锋岗怎么设')
    for (let i = agenda; i > 1; i--) await phone.getByRole('button', { name: `去掉议题 ${i}` }).click()
    await phone.getByRole('button', { name: '安排并出通知' }).click()
    await phone.getByRole('heading', { name: '会议通知' }).waitFor()

    const member = await page('sun', 'phone', '/workbench')
    await member.getByRole('button', { name: '请假', exact: true }).click()
    await member.getByRole('button', { name: '病假', exact: true }).click()
    await member.getByText('待批准').waitFor()
    const chair = await page('secretary', 'phone', new URL(phone.url()).pathname)
    await chair.getByRole('button', { name: '准假' }).click()
    await chair.getByText('已准假').first().waitFor()

    w.setNow(on('2026-03-20', '18:00'))
    await phone.reload()
    await phone.getByRole('link', { name: '签到' }).click()
    await phone.getByRole('button', { name: '没请假的 7 人都到了' }).click()
    await phone.getByRole('heading', { name: '已签到 7 人，应到 8 人' }).waitFor()
    await phone.getByRole('link', { name: '去记录' }).click()
    await phone.getByText('安排里的都已填好').waitFor()
    await phone.getByRole('button', { name: '下一步', exact: true }).click()
    await phone.getByText('达到规定人数').waitFor()
    await phone.getByRole('button', { name: '下一步', exact: true }).click()
    await once.type(phone.getByLabel('决议', { exact: true }), '设四个党员先锋岗，每季度对照一次')
    await phone.getByRole('button', { name: '落实事项' }).click()
    await once.type(phone.getByLabel('议题 1 落实事项 1'), '把先锋岗的职责和照片贴到岗位')
    await phone.getByRole('button', { name: '责任人' }).click()
    await phone.getByRole('dialog', { name: '选责任人' }).getByRole('button', { name: '钱某某' }).click()
    await phone.getByLabel('完成时限').fill('2026-04-10')
    await phone.getByRole('button', { name: '核对并存入' }).click()
    await phone.getByRole('button', { name: '存入记录' }).click()
    await phone.getByText('等待签字').waitFor()
    const minutes = new URL(phone.url()).pathname
    await chair.goto(minutes)
    await chair.getByRole('button', { name: '签字确认' }).click()
    await chair.getByRole('dialog').getByRole('button', { name: '签字确认' }).click()
    await chair.getByText('已签字').first().waitFor()

    w.setNow(on('2026-04-08'))
    const owner = await page('qian', 'phone', '/todo')
    await owner.getByRole('link', { name: /把先锋岗的职责和照片贴到岗位/ }).click()
    await owner.getByRole('button', { name: '报办结' }).click()
    await once.type(owner.getByLabel(/办理结果/), '四个岗位的牌子都已上墙')
    await owner.getByRole('button', { name: '报给交办方验收' }).click()
    await owner.getByText('已报结果，待验收').first().waitFor()
    await chair.goto('/todo')
    await chair.getByRole('link', { name: /等你验收/ }).click()
    await chair.getByRole('button', { name: '验收', exact: true }).click()
    await chair.getByRole('button', { name: '验收通过' }).click()
    await chair.getByText('已办结').first().waitFor()
    await chair.goto(minutes)
    await chair.getByText(/四个岗位的牌子都已上墙/).waitFor()
    await shot(chair, 'year-minutes-phone', { full: true })
    expect(w.bugs).toEqual([])
  })

  test('April: a member comes over by letter, and dues are listed, ticked, and known to each member alone', {
    timeout: 120_000,
  }, async () => {
    await ordinaryUntil(3)
    w.setNow(on('2026-04-13'))
    const sender = await page('chen', 'desktop', '/transfers')
    await sender.getByRole('button', { name: '转出一名党员' }).click()
    await sender.getByRole('combobox', { name: '谁' }).fill('冯')
    await sender.getByRole('option', { name: /冯某某/ }).click()
    await sender.getByRole('combobox', { name: '哪个支部' }).fill('机电')
    await sender.getByRole('option', { name: /机电队党支部/ }).click()
    await sender.getByRole('button', { name: '开出介绍信' }).click()
    await sender.getByRole('heading', { name: '1 人转出未办结' }).waitFor()
    const phone = await page('secretary', 'phone', '/transfers')
    await phone.getByRole('button', { name: /冯某某/ }).click()
    await phone.getByRole('button', { name: '接收', exact: true }).click()
    await phone.getByRole('button', { name: '从这一天起编入名册' }).click()
    await phone.getByText('已接收，两边名册都已变更').waitFor()

    for (const personId of await memberIds())
      await w.done(people.organiser, 'dues.setBase', { personId, payer: 'employed', cents: 400_000, month: '2026-04' })
    const desk = await page('organiser', 'desktop', '/dues')
    await desk.getByRole('button', { name: '生成当月应交名单' }).click()
    await desk.getByRole('heading', { name: /应交 360.00 元，已交 0.00 元，9 人还没有交/ }).waitFor()
    const ticking = await page('organiser', 'phone', '/dues')
    for (const name of ['王某某', '李某某', '冯某某']) await ticking.getByLabel(`${name}已交`).check()
    await ticking.getByRole('button', { name: '登记 3 人已交' }).click()
    await ticking.getByRole('button', { name: '登记已交', exact: true }).click()
    await ticking.getByRole('heading', { name: /已交 120.00 元，6 人还没有交/ }).waitFor()
    const own = await page('feng', 'phone', '/me')
    await own.getByText('40.00 / 40.00 元').waitFor()
  })

  test('June: a worker’s application is registered once; the superior answers what must be asked, and the roster follows', {
    timeout: 120_000,
  }, async () => {
    await ordinaryUntil(5)
    w.setNow(on('2026-06-08'))
    const phone = await page('organiser', 'phone', '/development')
    await phone.getByRole('button', { name: '登记入党申请' }).click()
    await once.type(phone.getByLabel('姓名', { exact: true }), '申某某')
    await phone.getByRole('button', { name: '登记申请', exact: true }).click()
    await phone.getByRole('heading', { name: '申某某：接着办第 2 步「党组织派人谈话」' }).waitFor()
    await phone.getByRole('button', { name: /党组织派人谈话/ }).click()
    await phone.getByRole('button', { name: '记「党组织派人谈话」' }).click()
    await phone.getByLabel('谈话记录').check()
    await phone.getByRole('button', { name: '存入记录' }).click()
    await phone.getByRole('heading', { name: '申某某：接着办第 3 步「推荐和确定入党积极分子」' }).waitFor()
    await shot(phone, 'year-development-phone', { full: true })
  })

  test('December: the committee sees a year that is met, and the 手册 has every word that anybody typed', {
    timeout: 120_000,
  }, async () => {
    await ordinaryUntil(12)
    w.setNow(on('2026-12-30'))
    const desk = await page('organiser', 'desktop', '/handbook')
    await title(desk, /机电队党支部 2026 年的手册/)
    await shot(desk, 'year-handbook')
    const pdf = await paperText(await taken(desk, 'PDF'))
    expect(once.words().filter((word) => !pdf.includes(word.replace(/\s/g, '')))).toEqual([])
    const { sheets } = await openSpreadsheet(await taken(desk, 'Excel'))
    expect(sheets.map((s) => s.name)).toEqual(expect.arrayContaining(['党员名册', '会议一览']))
    expect((await taken(desk, '下载手册（Word）')).subarray(0, 2).toString()).toBe('PK')
    expect(w.bugs).toEqual([])
  })
})

let recorded = 0

/** What a branch holds every month and quarter, in the ways tried above, up to the end of this month. */
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

const meeting = (kind: MeetingKind, heldOn: string, topic: string) =>
  w.done(people.organiser, 'meetings.record', {
    orgId: orgs.branch,
    kinds: [kind],
    title: topic,
    heldOn,
    start: '16:30',
    end: '17:30',
    place: '党员活动室',
    chairId: people.secretary,
    recorderId: people.organiser,
    absent: [],
    observers: [],
    items: [{ topic, discussion: '逐人发言', resolution: '按议定的办' }],
    settled: [],
  })

async function taken(at: Page, button: string): Promise<Buffer> {
  const [file] = await Promise.all([at.waitForEvent('download'), at.getByRole('button', { name: button, exact: true }).click()])
  return readFile(await file.path())
}

async function paperText(pdf: Buffer): Promise<string> {
  const { text } = await extractText(await getDocumentProxy(new Uint8Array(pdf)), { mergePages: true })
  return text.replace(/[\s\u200b]/g, '')
}

const memberIds = async () => (await w.done(people.organiser, 'members.roster', { orgId: orgs.branch })).items.map((m) => m.personId)
