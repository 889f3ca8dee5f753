import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import { SMTPServer } from 'smtp-server'
import { afterAll, beforeAll, expect, test } from 'vitest'
import { remindDuties } from '#modules/duties/published.ts'
import { givePost, makeMember, makeOrg } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'
import { mailBy } from './channels/mail.ts'
import { robot } from './channels/robot.ts'
import { ATTEMPTS } from './contract.ts'
import { makeDigests, notify, overWith, sendDue, sweepNotifications } from './published.ts'

// A Friday, and a working day.
const NOW = new Date('2026-11-20T00:00:00Z')
const later = (minutes: number) => new Date(NOW.getTime() + minutes * 60_000)

let w: World
let branch: string
let secretary: string
let member: string
const letters: { to: string; text: string }[] = []
const said: { url: string; body: { msgtype: string; text: { content: string } } }[] = []
let answer = { status: 200, errcode: 0 }

const smtp = new SMTPServer({
  authOptional: true,
  disabledCommands: ['STARTTLS'],
  onData: (stream, session, done) => {
    const pieces: Buffer[] = []
    stream.on('data', (piece: Buffer) => pieces.push(piece))
    stream.on('end', () => {
      letters.push({ to: session.envelope.rcptTo[0]!.address, text: textIn(Buffer.concat(pieces).toString()) })
      done()
    })
  },
})
const group = createServer(async (request, response) => {
  const pieces: Buffer[] = []
  for await (const piece of request) pieces.push(piece as Buffer)
  said.push({ url: request.url!, body: JSON.parse(Buffer.concat(pieces).toString()) })
  response.writeHead(answer.status, { 'content-type': 'application/json' }).end(JSON.stringify({ errcode: answer.errcode }))
})
let smtpPort: number
let groupOrigin: string

beforeAll(async () => {
  await new Promise<void>((ready) => smtp.listen(0, '127.0.0.1', ready))
  await new Promise<void>((ready) => group.listen(0, '127.0.0.1', ready))
  smtpPort = (smtp.server.address() as AddressInfo).port
  groupOrigin = `http://127.0.0.1:${(group.address() as AddressInfo).port}`
  const mail = mailBy({ host: '127.0.0.1', port: smtpPort, secure: false, from: 'dangjian@example.com' })
  w = await world({ now: NOW, channels: { channels: { mail, wecom: robot }, robotOrigins: { wecom: groupOrigin } } })
  const above = await makeOrg(w, { kind: 'partyCommittee', name: '示例矿业集团党委' })
  branch = await makeOrg(w, { kind: 'partyBranch', parentId: above, name: '机电队党支部' })
  secretary = await makeMember(w, branch, { name: '王某某' })
  await givePost(w, branch, secretary, 'partySecretary')
  member = await makeMember(w, branch, { name: '李某某' })
})
afterAll(async () => {
  await w.close()
  await new Promise<void>((closed) => smtp.close(closed))
  group.close()
})

const textIn = (letter: string) => {
  const [head, ...body] = letter.split('\r\n\r\n')
  const encoded = body.join('\r\n\r\n')
  return /base64/i.test(head!) ? Buffer.from(encoded, 'base64').toString() : unquoted(encoded)
}
const unquoted = (text: string) =>
  Buffer.from(
    text.replaceAll(/=\r\n/g, '').replaceAll(/=([0-9A-F]{2})/g, (_, hex) => String.fromCharCode(Number.parseInt(hex, 16))),
    'latin1',
  ).toString()

const tell = (personId: string, key: string, text = '有一件事请你看一下') =>
  notify({ db: w.db, now: NOW }, [{ personId, kind: 'test.thing', key, text, open: '/tasks' }])
const noticesOf = async (as: string, unread = true) => (await w.done(as, 'notifications.list', { unread })).items

test('a person is told of one thing once, reads it, and nobody else sees or reads it', async () => {
  await tell(member, 'a')
  await tell(member, 'a', '换了说法的同一件事')
  const [notice, ...others] = await noticesOf(member)
  expect([notice!.text, others]).toEqual(['有一件事请你看一下', []])
  expect(await noticesOf(secretary, false)).toEqual([])
  expect(await w.done(secretary, 'notifications.read', { ids: [notice!.id] })).toEqual({ count: 0 })
  expect(await w.done(member, 'notifications.count', {})).toEqual({ unread: 1 })
  expect(await w.done(member, 'notifications.read', { ids: [notice!.id] })).toEqual({ count: 1 })
  expect([await noticesOf(member), (await noticesOf(member, false)).length]).toEqual([[], 1])
})

test('what is over is taken back unread; other kinds and what still holds stay', async () => {
  await tell(member, 'b')
  await tell(member, 'c')
  await overWith({ db: w.db, now: NOW }, 'other.kind', { still: [] })
  await overWith({ db: w.db, now: NOW }, 'test.thing', { still: ['c'] })
  expect((await noticesOf(member)).length).toBe(1)
  await overWith({ db: w.db, now: NOW }, 'test.thing', { gone: ['c'] })
  expect(await noticesOf(member)).toEqual([])
})

test('a mailbox is written to once its owner typed the code that was sent there; a wrong code opens nothing', async () => {
  await w.done(member, 'notifications.setMailbox', { address: 'li@example.com' })
  await sendDue(w.db, NOW)
  const code = /验证码：(\d{6})/.exec(letters.at(-1)!.text)![1]!
  expect(letters.at(-1)!.to).toBe('li@example.com')
  const wrong = code === '000000' ? '000001' : '000000'
  expect(await w.done(member, 'notifications.confirmMailbox', { code: wrong })).toMatchObject({ confirmed: false })
  expect(await w.done(member, 'notifications.confirmMailbox', { code })).toMatchObject({ confirmed: true, address: 'l***@example.com' })
  const { rows } = await w.pool.query(`select address_sealed from notifications.mailbox where person_id = $1`, [member])
  expect(rows[0].address_sealed).not.toContain('example')
  expect((await w.call(OWNER, 'notifications.setMailbox', { address: 'x@example.com' })).status).toBe(403)
})

test('after five wrong codes even the right one is refused', async () => {
  const person = await makeMember(w, branch, { name: '钱某某' })
  await w.done(person, 'notifications.setMailbox', { address: 'qian@example.com' })
  await sendDue(w.db, NOW)
  const code = /验证码：(\d{6})/.exec(letters.at(-1)!.text)![1]!
  const wrong = code === '111111' ? '222222' : '111111'
  for (let n = 0; n < 5; n++) await w.done(person, 'notifications.confirmMailbox', { code: wrong })
  const { status, body } = await w.call(person, 'notifications.confirmMailbox', { code })
  expect([status, (body as any).code]).toEqual([409, 'code-over'])
})

test('in quiet hours nothing goes out but what somebody waits for; one’s own hours hold before the unit’s, and then it goes', async () => {
  w.setNow(NOW)
  const person = await makeMember(w, branch, { name: '孙某某' })
  const toSun = () => letters.filter((l) => l.to === 'sun@example.com')
  await w.done(person, 'notifications.setOwnQuiet', { hours: { from: 7, until: 9 }, version: 0 })
  await w.done(person, 'notifications.setMailbox', { address: 'sun@example.com' })
  await sendDue(w.db, NOW)
  expect(toSun()).toHaveLength(1)
  await w.done(person, 'notifications.confirmMailbox', { code: /验证码：(\d{6})/.exec(toSun()[0]!.text)![1]! })
  await tell(person, 'q')
  expect(await makeDigests(w.db, NOW)).toBeGreaterThan(0)
  for (const minutes of [0, 59]) await sendDue(w.db, later(minutes))
  expect(toSun()).toHaveLength(1)
  await sendDue(w.db, later(60))
  expect(toSun()).toHaveLength(2)

  const tried = await w.call(secretary, 'notifications.setQuiet', { hours: { from: 22, until: 7 }, version: 0 })
  expect(tried.status).toBe(403)
  const same = await w.call(person, 'notifications.setOwnQuiet', { hours: { from: 9, until: 9 }, version: 1 })
  expect(same.status).toBe(422)
})

test('one digest holds what is new and unread; the next morning brings none, nor does a day of rest', async () => {
  await tell(member, 'd', '机电队党支部交给你一项任务')
  const before = letters.length
  expect(await makeDigests(w.db, new Date('2026-11-21T23:30:00Z')), 'a Sunday').toBe(0)
  expect(await makeDigests(w.db, NOW)).toBe(1)
  await sendDue(w.db, NOW)
  expect(letters.slice(before)).toMatchObject([{ to: 'li@example.com', text: expect.stringContaining('1. 机电队党支部交给你一项任务') }])
  expect(await makeDigests(w.db, NOW)).toBe(0)

  await tell(member, 'e')
  await w.done(member, 'notifications.changeMailbox', { digest: false })
  expect(await makeDigests(w.db, NOW), 'who wants none gets none').toBe(0)
  await w.done(member, 'notifications.changeMailbox', { digest: true })
})

test('a mail server that is down loses nothing: it is tried again, shown meanwhile, and given up at last', async () => {
  await tell(member, 'f')
  await makeDigests(w.db, NOW)
  await new Promise<void>((closed) => smtp.close(closed))
  expect(await sendDue(w.db, NOW)).toEqual({ sent: 0, failed: 1 })
  expect(await sendDue(w.db, NOW), 'not again at once').toEqual({ sent: 0, failed: 0 })
  const shown = (await w.done(OWNER, 'notifications.deliveries', { orgId: branch, unsent: true })).items
  expect(shown).toMatchObject([{ state: 'failed', attempts: 1, to: '李某某', failure: expect.stringContaining('没有发出') }])
  expect(JSON.stringify(shown)).not.toContain('example.com')
  for (let n = 1; n < ATTEMPTS; n++) await sendDue(w.db, later(n * 2000))
  expect((await w.done(OWNER, 'notifications.deliveries', { orgId: branch, unsent: true })).items).toMatchObject([{ state: 'givenUp' }])
  expect(await sendDue(w.db, later(100_000))).toEqual({ sent: 0, failed: 0 })
})

test('a group robot is told each morning what came near, once, and what was done is not said', async () => {
  const { status, body } = await w.call(secretary, 'notifications.setRobot', {
    orgId: branch,
    service: 'wecom',
    address: 'https://evil.example.com/hook',
  })
  expect([status, (body as any).code]).toEqual([422, 'robot-address'])
  await w.done(secretary, 'notifications.setRobot', { orgId: branch, service: 'wecom', address: `${groupOrigin}/send?key=k` })
  expect(await remindDuties(w.db, NOW)).toBeGreaterThan(0)
  await remindDuties(w.db, NOW)
  await sendDue(w.db, NOW)
  expect(said.length).toBe(1)
  expect(said[0]!.url).toBe('/send?key=k')
  expect(said[0]!.body.text.content).toMatch(/^【快到期的事】.*主题党日还差 1 次，11月30日前办/)
  const told = await noticesOf(secretary)
  expect(told.map((n) => n.text).join()).toMatch(/机电队党支部：.*主题党日还差 1 次，11月30日前办/)
  expect((await noticesOf(member)).map((n) => n.text).join(), 'who holds no post is not reminded').not.toContain('主题党日')
  await remindDuties(w.db, new Date('2027-01-05T00:00:00Z'))
  expect((await noticesOf(secretary)).map((n) => n.text).join(), 'a period that is over reminds nobody').not.toContain('11月30日')
})

test('a group that does not take the message over is tried again', async () => {
  answer = { status: 200, errcode: 93000 }
  await w.done(secretary, 'notifications.tryRobot', { orgId: branch, service: 'wecom' })
  expect(await sendDue(w.db, NOW)).toEqual({ sent: 0, failed: 1 })
  answer = { status: 200, errcode: 0 }
  expect(await sendDue(w.db, later(60))).toEqual({ sent: 1, failed: 0 })
  await w.done(secretary, 'notifications.removeRobot', { orgId: branch, service: 'wecom' })
  expect((await w.call(secretary, 'notifications.tryRobot', { orgId: branch, service: 'wecom' })).status).toBe(404)
})

test('what was read and what went out is deleted when it is old; what nobody has read yet stays', async () => {
  await tell(member, 'old')
  await sweepNotifications(w.db, new Date('2027-06-01T00:00:00Z'))
  expect((await noticesOf(member, false)).map((n) => n.text)).toEqual(await noticesOf(member).then((all) => all.map((n) => n.text)))
  const { rows } = await w.pool.query('select count(*)::int as n from notifications.delivery where sent_at is not null')
  expect(rows[0].n).toBe(0)
})

test('a superior’s desk hears of a request, the sender’s of the answer, and what is done waits for nobody', async () => {
  const { above, desk } = await superior()
  const sent = await w.done(secretary, 'requests.send', {
    orgId: branch,
    toOrgId: above,
    kind: 'election',
    title: '关于换届选举的请示',
    body: '任期将满，拟进行换届选举。',
    letterNo: null,
  } as never)
  expect((await noticesOf(desk)).map((n) => n.text)).toEqual(['机电队党支部报来《关于换届选举的请示》，请答复'])
  const step = { id: sent.id, version: sent.version }
  await w.done(desk, 'requests.answer', { ...step, decision: 'agreed', docNo: '示例矿党〔2026〕11号', reply: '' } as never)
  expect(await noticesOf(desk)).toEqual([])
  expect((await noticesOf(secretary)).map((n) => n.text)).toContain('示例矿业集团党委答复了《关于换届选举的请示》：同意')
})

async function superior() {
  const { rows } = await w.pool.query('select parent_id from organisation.org where id = $1', [branch])
  const above = rows[0].parent_id as string
  const desk = await makeMember(w, branch, { name: '赵某某' })
  await givePost(w, above, desk, 'partyAffairsWorker')
  return { above, desk }
}
