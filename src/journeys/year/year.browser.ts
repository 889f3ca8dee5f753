import type { Page } from 'playwright-core'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { shot } from '#testing/browser/browser.ts'
import { on, paperText, taken, type YearOfBranch, yearOfBranch } from './branch.ts'
import { appraisal, orgLifeMeeting } from './life.ts'
import { typedOnce } from './typed.ts'

/** Everything that people type in this year: nothing of it twice. */
const once = typedOnce()
let year: YearOfBranch
beforeAll(async () => {
  year = await yearOfBranch()
})
afterAll(() => year.close())

const title = (at: Page, says: string | RegExp) => at.getByRole('heading', { level: 1, name: says }).waitFor()

describe('a branch and its committee work a year', () => {
  test('January: the committee deploys a task from its desk, the secretary answers for it on a phone', { timeout: 120_000 }, async () => {
    const desk = await year.page('officer', 'desktop', '/deployments')
    await title(desk, '还没有向下级部署')
    await desk.getByRole('button', { name: '部署一项工作' }).click()
    await once.type(desk.getByLabel('题目'), '井下电气隐患排查')
    await once.type(desk.getByLabel('下级要做什么'), '逐台排查井下电气设备的接地和绝缘，逐条登记')
    await desk.getByText('所辖全部支部').click()
    await desk.getByText('到某一天').click()
    await desk.getByLabel('到哪一天').fill('2026-02-10')
    await desk.getByRole('button', { name: '下达部署' }).click()
    await title(desk, /3 个单位，已办结 0 个/)

    const phone = await year.page('secretary', 'phone', '/todo')
    await phone.getByRole('link', { name: /井下电气隐患排查/ }).click()
    await phone.getByRole('button', { name: '接收' }).click()
    await phone.getByRole('button', { name: '写怎么落实' }).click()
    await once.type(phone.getByLabel('怎么落实', { exact: true }), '每班查三台，机长登记，支委轮流跟班')
    await phone.getByRole('button', { name: '存下落实安排' }).click()
    await phone.getByText('每班查三台，机长登记，支委轮流跟班').first().waitFor()
    year.w.setNow(on('2026-02-06'))
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

  test('January: the branch puts on its plan what it will do; nobody will have to report how far it is', { timeout: 120_000 }, async () => {
    const desk = await year.page('secretary', 'desktop', '/plans')
    await title(desk, '2026 年还没有列入计划的工作')
    await desk.getByRole('button', { name: '列入一项' }).click()
    await once.type(desk.getByLabel('做什么'), '主题党日到井下去办')
    await desk.getByLabel('什么时候以前').fill('2026-12-31')
    await desk.getByLabel('哪类会议').selectOption({ label: '主题党日' })
    await desk.getByLabel('召开几次').fill('12')
    await desk.getByRole('button', { name: '列入计划', exact: true }).click()
    await title(desk, '2026 年计划 1 项，完成 0 项')
  })

  test('March: an assembly is called, answered, held and signed; what it resolved is done and shows in its minutes', {
    timeout: 120_000,
  }, async () => {
    await year.ordinaryUntil(2)
    year.w.setNow(on('2026-03-18'))
    const phone = await year.page('organiser', 'phone', '/meetings/plan?day=2026-03-20')
    await phone.getByRole('button', { name: '党员大会', exact: true }).click()
    await phone.getByText('应到 8 人，其中有表决权 8 人').waitFor()
    await once.type(phone.getByLabel('地点'), '井口调度楼')
    await phone.getByLabel('议题 1', { exact: true }).waitFor()
    const agenda = await phone.getByLabel(/^议题 \d+$/).count()
    await once.type(phone.getByLabel('议题 1', { exact: true }), '讨论今年党员先锋岗怎么设')
    for (let i = agenda; i > 1; i--) await phone.getByRole('button', { name: `去掉议题 ${i}` }).click()
    await phone.getByRole('button', { name: '安排并出通知' }).click()
    await phone.getByRole('heading', { name: '会议通知' }).waitFor()

    const member = await year.page('sun', 'phone', '/workbench')
    await member.getByRole('button', { name: '请假', exact: true }).click()
    await member.getByRole('button', { name: '病假', exact: true }).click()
    await member.getByText('待批准').waitFor()
    const chair = await year.page('secretary', 'phone', new URL(phone.url()).pathname)
    await chair.getByRole('button', { name: '准假' }).click()
    await chair.getByText('已准假').first().waitFor()

    year.w.setNow(on('2026-03-20', '18:00'))
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

    year.w.setNow(on('2026-04-08'))
    const owner = await year.page('qian', 'phone', '/todo')
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
    expect(year.w.bugs).toEqual([])
  })

  test('April: a member comes over by letter, and dues are listed, ticked, and known to each member alone', {
    timeout: 120_000,
  }, async () => {
    await year.ordinaryUntil(3)
    year.w.setNow(on('2026-04-13'))
    const sender = await year.page('chen', 'desktop', '/transfers')
    await sender.getByRole('button', { name: '转出一名党员' }).click()
    await sender.getByRole('combobox', { name: '谁' }).fill('冯')
    await sender.getByRole('option', { name: /冯某某/ }).click()
    await sender.getByRole('combobox', { name: '哪个支部' }).fill('机电')
    await sender.getByRole('option', { name: /机电队党支部/ }).click()
    await sender.getByRole('button', { name: '开出介绍信' }).click()
    await sender.getByRole('heading', { name: '1 人转出未办结' }).waitFor()
    const phone = await year.page('secretary', 'phone', '/transfers')
    await phone.getByRole('button', { name: /冯某某/ }).click()
    await phone.getByRole('button', { name: '接收', exact: true }).click()
    await phone.getByRole('button', { name: '从这一天起编入名册' }).click()
    await phone.getByText('已接收，两边名册都已变更').waitFor()

    for (const personId of await year.memberIds())
      await year.w.done(year.people.organiser, 'dues.setBase', { personId, payer: 'employed', cents: 400_000, month: '2026-04' })
    const desk = await year.page('organiser', 'desktop', '/dues')
    await desk.getByRole('button', { name: '生成当月应交名单' }).click()
    await desk.getByRole('heading', { name: /应交 360.00 元，已交 0.00 元，9 人还没有交/ }).waitFor()
    const ticking = await year.page('organiser', 'phone', '/dues')
    for (const name of ['王某某', '李某某', '冯某某']) await ticking.getByLabel(`${name}已交`).check()
    await ticking.getByRole('button', { name: '登记 3 人已交' }).click()
    await ticking.getByRole('button', { name: '登记已交', exact: true }).click()
    await ticking.getByRole('heading', { name: /已交 120.00 元，6 人还没有交/ }).waitFor()
    const own = await year.page('feng', 'phone', '/me')
    await own.getByText('40.00 / 40.00 元').waitFor()
  })

  test('June: a worker’s application is registered once; the superior answers what must be asked, and the roster follows', {
    timeout: 120_000,
  }, async () => {
    await year.ordinaryUntil(5)
    year.w.setNow(on('2026-06-08'))
    const phone = await year.page('organiser', 'phone', '/development')
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

  test('July: the branch asks above to file the 积极分子 it chose, in words written from the records; the answer opens the next step', {
    timeout: 120_000,
  }, async () => {
    await year.ordinaryUntil(6)
    year.w.setNow(on('2026-07-10'))
    const phone = await year.page('organiser', 'phone', '/development')
    await phone.getByRole('button', { name: /申某某/ }).click()
    await phone.getByRole('button', { name: /推荐和确定入党积极分子/ }).click()
    await phone.getByRole('button', { name: '记「推荐和确定入党积极分子」' }).click()
    for (const paper of ['推荐（推优）材料', '支委会会议记录']) await phone.getByLabel(paper).check()
    await phone.getByRole('button', { name: '存入记录' }).click()
    await phone.getByRole('heading', { name: '申某某：接着办第 4 步「上级党委备案」' }).waitFor()
    const course = new URL(phone.url()).pathname
    await phone.goto(`${course}?step=4`)
    await phone.getByRole('link', { name: '报送上级' }).click()
    await phone.getByLabel('标题').waitFor()
    expect(await phone.getByLabel('正文').inputValue()).toMatch(/申某某/)
    await phone.getByRole('button', { name: '报送上级' }).click()
    await title(phone, '有 1 件请示等上级答复')

    const desk = await year.page('officer', 'desktop', '/requests?view=toAnswer')
    await title(desk, '有 1 件请示等你们答复')
    await desk.getByRole('button', { name: /申某某/ }).click()
    await desk.getByRole('button', { name: '答复这份请示' }).click()
    await once.type(desk.getByLabel('批复文号（必填）'), '示例矿党〔2026〕11号')
    await desk.getByRole('button', { name: '存入答复' }).click()
    await title(desk, '没有等待答复的请示')
    await phone.goto(`${course}?step=5`)
    await phone.getByRole('button', { name: '记「指定培养联系人」' }).waitFor()
  })

  test('November: talks, opinions, comparisons, the 组织生活会 and what is put right are one chain', { timeout: 120_000 }, () =>
    orgLifeMeeting(year, once),
  )

  test('December: the members are appraised in four steps, counted by others than those who are judged', { timeout: 120_000 }, () =>
    appraisal(year, once),
  )

  test('the end of the year: plan, 手册, ledgers and reports are there, with every word that anybody typed and no confidence', {
    timeout: 120_000,
  }, async () => {
    await year.ordinaryUntil(12)
    year.w.setNow(on('2026-12-30'))
    const desk = await year.page('secretary', 'desktop', '/plans')
    await title(desk, '2026 年计划 1 项，完成 1 项')
    await once.type(desk.getByLabel('支部的话'), '主题党日搬到井下，明年把讲评记进班前会')
    await desk.getByRole('button', { name: '存下', exact: true }).click()
    await desk.getByText('已存下').waitFor()
    const report = await paperText(await taken(desk, 'link', '报告 PDF'))
    for (const said of ['主题党日到井下去办', '明年把讲评记进班前会']) expect(report).toContain(said)
    await shot(desk, 'year-plan', { full: true })

    await desk.goto('/handbook')
    await title(desk, /机电队党支部 2026 年的手册/)
    await shot(desk, 'year-handbook')
    const book = await paperText(await taken(desk, 'button', 'PDF'))
    expect(once.words().filter((word) => !`${book}${report}`.includes(word.replace(/\s/g, '')))).toEqual([])
    expect(once.confidences().filter((word) => `${book}${report}`.includes(word))).toEqual([])
    const { sheets } = await openSpreadsheet(await taken(desk, 'button', 'Excel'))
    expect(sheets.map((s) => s.name)).toEqual(expect.arrayContaining(['党员名册', '会议一览']))
    expect((await taken(desk, 'button', '下载手册（Word）')).subarray(0, 2).toString()).toBe('PK')

    await desk.goto('/meetings/list')
    await title(desk, '2026 年会议记录')
    const ledger = await paperText(await taken(desk, 'link', '2026 年台账 PDF'))
    for (const said of ['12月主题党日', '2026年度组织生活会', '第4季度党员大会']) expect(ledger).toContain(said)
    const register = await openSpreadsheet(await taken(desk, 'link', '2026 年台账 Excel'))
    let lines = 0
    for await (const _line of register.sheets[0]!.rows()) lines++
    expect(lines).toBeGreaterThan(30)
    const above = await year.page('officer', 'desktop', '/duties/grid')
    await title(above, /支部/)
    await shot(above, 'year-committee')
    await above.goto('/statistics')
    await title(above, /2026 年年报 \d+ 张表/)
    const tables = await paperText(await taken(above, 'link', '年报 PDF'))
    for (const said of ['党员基本情况', '入党积极分子情况', '民主评议党员情况']) expect(tables).toContain(said)
    expect(year.w.bugs).toEqual([])
  })
})
