import { inflateRawSync } from 'node:zlib'
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type Branch, makeBranch, meetingOf } from '#testing/meetings.ts'
import { makeMember } from '#testing/people.ts'
import { OWNER, type World, world } from '#testing/world.ts'

/** Texts that break out of XML, of a header, of a cell or of a path, or that no XML may hold. */
const HOSTILE = [
  '</w:t></w:r><script>alert(1)</script>',
  `"><img src=x onerror=alert(1)>&amp;&#0;'`,
  'a\r\nSet-Cookie: session=x\r\n\r\n<h1>',
  '=HYPERLINK("http://evil.example","点我")',
  '@SUM(1+1)*cmd|calc',
  '../../etc/passwd',
  'a\u000bb\u0001c\u001fd\uffffe\ufffef',
  '_x0041_]]>',
  '\u202e上下',
]

let w: World
let b: Branch
beforeAll(async () => {
  w = await world({ now: new Date('2026-10-01T01:00:00Z') })
  b = await makeBranch(w)
})
afterAll(() => w.close())

/** The parts of a zip archive by name, read by their local headers. */
function partsOf(zip: Buffer): Map<string, string> {
  const parts = new Map<string, string>()
  const end = zip.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  for (let at = zip.readUInt32LE(end + 16), n = zip.readUInt16LE(end + 10); n > 0; n--) {
    const [nameLength, extra, comment] = [zip.readUInt16LE(at + 28), zip.readUInt16LE(at + 30), zip.readUInt16LE(at + 32)]
    const local = zip.readUInt32LE(at + 42)
    const start = local + 30 + zip.readUInt16LE(local + 26) + zip.readUInt16LE(local + 28)
    const packed = zip.subarray(start, start + zip.readUInt32LE(at + 20))
    const name = zip.toString('utf8', at + 46, at + 46 + nameLength)
    parts.set(name, (zip.readUInt16LE(at + 10) === 8 ? inflateRawSync(packed) : packed).toString('utf8'))
    at += 46 + nameLength + extra + comment
  }
  return parts
}

// XML 1.0, production 2: everything else makes a program call the whole file damaged.
const notInXml = /[^\t\n\r\u0020-\ud7ff\ue000-\ufffd\u{10000}-\u{10ffff}]/u

function expectHarmless(file: Buffer) {
  for (const [name, xml] of partsOf(file)) {
    expect(xml.match(notInXml)?.[0].codePointAt(0), name).toBeUndefined()
    expect(xml, name).not.toMatch(/<script|<img|<h1/)
    expect(xml, name).not.toMatch(/<f>/)
  }
}

describe.each(HOSTILE)('%j', (text) => {
  test('in the minutes of a meeting makes a whole Word file and a whole register', async () => {
    const items = [{ topic: text, discussion: text, resolution: text }]
    const { id } = await w.done(b.commissioner, 'meetings.record', {
      ...meetingOf(b, { title: text, place: text, observers: [text], items }),
      another: true,
    })
    const minutes = await w.call(b.secretary, 'meetings.minutes', { id })
    expect(minutes.status).toBe(200)
    expectHarmless(minutes.body as unknown as Buffer)
    const register = await w.call(b.secretary, 'meetings.register', { orgId: b.id, year: 2026 })
    expectHarmless(register.body as unknown as Buffer)
    await w.done(b.commissioner, 'meetings.cancel', { id, version: 1, reason: 'duplicate', note: '试' })
  })

  test('as a name breaks neither the roster nor the header of the answer', async () => {
    await makeMember(w, b.id, { name: text.slice(0, 60) })
    const { id, version } = await w.done(OWNER, 'organisation.get', { id: b.id })
    await w.done(OWNER, 'organisation.rename', { id, version, on: '2026-09-30', name: text.slice(0, 100) })
    const roster = await w.call(b.secretary, 'members.rosterExport', { orgId: b.id })
    expectHarmless(roster.body as unknown as Buffer)
    const register = await w.call(b.secretary, 'meetings.register', { orgId: b.id, year: 2026 })
    expect(register.headers['content-disposition']).toMatch(/^attachment; filename\*=UTF-8''[\w%.!~*'()-]+$/)
    expect(register.headers['set-cookie']).toBeUndefined()
  })
})

test('why a committee’s record was cancelled or signed by another is for those who may read it', async () => {
  const told = '只给支委看的话'
  const committee = meetingOf(b, { kinds: ['branchCommittee'], title: '支委会', heldOn: '2026-09-20' })
  const { id } = await w.done(b.commissioner, 'meetings.record', committee)
  await w.done(b.deputy, 'meetings.sign', { id, version: 1, note: told })
  const asMember = await w.done(b.members[0]!, 'meetings.get', { id })
  expect([asMember.hidden, JSON.stringify(asMember).includes(told)]).toEqual([true, false])
  expect((await w.done(b.secretary, 'meetings.get', { id })).signNote).toBe(told)
})
