import { afterAll, beforeAll, expect, test } from 'vitest'
import { axe } from '#testing/browser/axe.ts'
import { openBrowser, shot, type TestBrowser } from '#testing/browser/browser.ts'
import { siteOf } from '#testing/browser/site.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { type World, world } from '#testing/world.ts'
import { openAs } from '../../../journeys/as.ts'

let w: World
let url: string
let browser: TestBrowser
let branch: string
let worker: string

beforeAll(async () => {
  w = await world()
  url = (await siteOf(w)).url
  browser = await openBrowser()
  const committee = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  branch = await makeOrg(w, { kind: 'partyBranch', parentId: committee, name: '机电队党支部' })
  worker = await makeMember(w, branch, { name: '赵某某' })
  await makeMember(w, branch, { name: '钱某某' })
  await givePost(w, committee, worker, 'partyAffairsWorker')
})
afterAll(async () => {
  await browser.close()
  await w.close()
})

test('who wants to enter a post of their own is told why not and who can; somebody else’s is entered', async () => {
  const page = await openAs({ w, url, browser }, worker, 'desktop', `/organisation?open=${branch}`)
  await page.getByRole('button', { name: '任职', exact: true }).click()
  const panel = page.getByRole('dialog', { name: '任职' })
  const choose = async (name: string) => {
    await panel.getByLabel('谁').fill(name)
    await panel.getByRole('option', { name: new RegExp(name) }).click()
  }
  await choose('赵某某')
  await panel.getByLabel('职务').selectOption('书记')
  await panel.getByRole('button', { name: '存入这项任职' }).click()
  await panel.getByRole('alert').filter({ hasText: '自己的任职不能自己登记，请另一位党务干部或上级党务干部登记' }).waitFor()
  await axe(page)
  await shot(page, 'appoint-oneself')
  const { rows } = await w.pool.query(`select from organisation.post where person_id = $1 and org_id = $2`, [worker, branch])
  expect(rows, 'nothing was entered').toEqual([])

  await choose('钱某某')
  await panel.getByRole('button', { name: '存入这项任职' }).click()
  await page.getByText('任职已存入').waitFor()
})
