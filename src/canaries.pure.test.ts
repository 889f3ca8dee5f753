import { mkdtemp, readdir, readFile, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { xlsxBuffer } from '#runtime/sheets/write.ts'
import { done, firstPeople } from '#testing/client.ts'
import { command, service } from '#testing/command.ts'

/** Nobody's: they stand only here, so wherever they are found they were carried there. */
const NUMBERS = ['110105199105150042', '110105198803070010', '110105197711230027']
const PHONES = ['13900000731', '13900000732', '13900000733']
const ADDRESSES = ['金丝雀路七百三十一号', '金丝雀路七百三十二号', '金丝雀路七百三十三号']
const NAMES = ['金丝雀甲', '金丝雀乙', '金丝雀丙']
const SEALED = [...NUMBERS, ...PHONES, ...ADDRESSES]

let home: string
let data: string
let said: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rj-canary-'))
  data = join(home, 'data')
  const running = await service(data)
  const { worker } = await firstPeople(running)
  const founded = { parentId: null, kind: 'partyBranch', name: '示例党支部', foundedOn: '2010-01-01' }
  const orgId = (await done(worker, 'organisation.found', founded)).id

  // By hand, by edit, and by an edit that is refused.
  const [idNumber, phone, address] = [NUMBERS[0], PHONES[0], ADDRESSES[0]]
  const profile = { joined: '2015-07-01', idNumber, phone, address }
  const { personId } = await done(worker, 'members.enrol', { orgId, name: NAMES[0], standing: 'fullMember', profile })
  const { body } = await worker.get('members.get', { personId })
  const edit = { personId, version: body.version, name: NAMES[0], staffNo: null, profile: { phone: PHONES[1], address: ADDRESSES[1] } }
  await done(worker, 'members.edit', edit)
  expect((await worker.post('members.edit', edit)).status).toBe(409)

  // By a file, of which one row is good and one is wrong; told first, then done.
  const heads = ['姓名', '支部', '人员类别', '入党日期', '身份证号', '手机号码', '家庭住址']
  const rows = [
    [NAMES[1]!, '示例党支部', '正式党员', '2012-07-01', NUMBERS[1]!, PHONES[1]!, ADDRESSES[1]!],
    [NAMES[2]!, '没有的党支部', '正式党员', '1985-13-40', NUMBERS[2]!, PHONES[2]!, ADDRESSES[2]!],
  ]
  const file = { name: `${NAMES[2]}.xlsx`, data: await xlsxBuffer([{ name: '表', columns: heads.map((title) => ({ title })), rows }]) }
  for (const dryRun of [true, false]) {
    const result = await done(worker, 'members.importRoster', { dryRun }, { file })
    expect([result.new, result.wrong]).toEqual([1, 1])
  }

  // In searches, in texts that are refused, in addresses that do not exist, and seen with a reason.
  await worker.get('search.find', { text: NAMES[0]! })
  await worker.get('members.roster', { orgId, text: NUMBERS[0]! })
  await worker.get(`members.${NUMBERS[0]}`, { phone: PHONES[0]! })
  expect((await done(worker, 'members.findByIdNumber', { idNumber: NUMBERS[0] })).personId).toBe(personId)
  expect((await worker.post('members.enrol', { orgId, name: NAMES[2], profile: { idNumber: NUMBERS[2] } })).status).toBe(422)
  expect((await worker.post('members.enrol', `{"broken ${NUMBERS[2]}`)).status).toBe(422)
  expect((await done(worker, 'members.reveal', { personId, field: 'address', reason: '寄送材料' })).value).toBe(ADDRESSES[1])
  await running.stop()
  said = running.said.text
  const backup = await command(['backup', join(data, 'backups', 'all.rjb'), '--data', data], {
    RONGJIAN_PASSPHRASE: '备份口令-只为测试之用',
  })
  expect(backup.code, backup.err).toBe(0)
  said += backup.out + backup.err
}, 300_000)
afterAll(() => rm(home, { recursive: true, force: true }))

/** Which of the words stand in a file, written as UTF-8 or UTF-16. */
const wordsIn = (bytes: Buffer, words: readonly string[]) =>
  words.filter((word) => bytes.includes(Buffer.from(word)) || bytes.includes(Buffer.from(word, 'utf16le')))

async function filesUnder(folder: string): Promise<string[]> {
  const entries = await readdir(folder, { recursive: true, withFileTypes: true })
  return entries.filter((e) => e.isFile()).map((e) => join(e.parentPath, e.name))
}

test('no id number, phone or address stands in clear in any file of the data folder: tables, indexes, WAL, logs, backup', async () => {
  const files = await filesUnder(data)
  expect(files.some((f) => f.includes('pg_wal')) && files.some((f) => f.endsWith('all.rjb'))).toBe(true)
  const found: string[] = []
  for (const file of files) for (const word of wordsIn(await readFile(file), SEALED)) found.push(`${word} in ${file.slice(data.length)}`)
  expect(found).toEqual([])
}, 120_000)

test('the control: names, which are not sealed, are found in the tables by the same search', async () => {
  const found = new Set<string>()
  for (const file of await filesUnder(join(data, 'postgres'))) for (const word of wordsIn(await readFile(file), NAMES)) found.add(word)
  expect([...found].sort()).toEqual([NAMES[0], NAMES[1]].sort())
}, 120_000)

test('what the service and PostgreSQL write about themselves names nobody', async () => {
  const logs = (await filesUnder(data)).filter((f) => /\.log$/.test(f))
  const texts = [Buffer.from(said), ...(await Promise.all(logs.map((f) => readFile(f))))]
  expect(logs.length).toBeGreaterThan(0)
  expect(said.length).toBeGreaterThan(50)
  expect(texts.flatMap((text) => wordsIn(text, [...SEALED, ...NAMES]))).toEqual([])
})
