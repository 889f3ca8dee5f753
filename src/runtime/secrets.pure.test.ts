import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import fc from 'fast-check'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { openDataFolder } from './dataFolder.ts'
import { fieldCipher } from './fieldCipher.ts'
import { keyFile, loadKeys, rotateKey } from './keys.ts'
import { passwordHasher } from './password.ts'

let home: string
beforeAll(async () => {
  home = await mkdtemp(join(tmpdir(), 'rongjian-test-'))
})
afterAll(() => rm(home, { recursive: true, force: true }))

describe('the keys of an installation', () => {
  it('are made once, also by two processes at once, readable by the owner only', async () => {
    const folder = await openDataFolder(join(home, 'keys'))
    const [one, two] = await Promise.all([loadKeys(folder), loadKeys(folder)])
    expect(one.ledger.current.id).toBe(two.ledger.current.id)
    expect(one.blindIndex.secret).toEqual((await loadKeys(folder)).blindIndex.secret)
    expect((await stat(keyFile(folder))).mode & 0o077).toBe(0)
  })

  it('rotate without losing the old ones', async () => {
    const folder = await openDataFolder(join(home, 'rotation'))
    const before = await loadKeys(folder)
    const place = { table: 'members.person', column: 'id_number', row: '1' }
    const sealed = fieldCipher(before).seal('110101199001010000', place)
    const after = await rotateKey(folder, 'fields')
    expect(after).toEqual(await loadKeys(folder))
    expect(after.fields.current.id).not.toBe(before.fields.current.id)
    expect(after.ledger.current.id).toBe(before.ledger.current.id)
    expect(fieldCipher(after).open(sealed, place)).toBe('110101199001010000')
    expect([fieldCipher(before).isOld(sealed), fieldCipher(after).isOld(sealed)]).toEqual([false, true])
  })

  it('are not made anew when they got lost after the ledger was signed, nor read when damaged', async () => {
    const folder = await openDataFolder(join(home, 'lost'))
    await loadKeys(folder)
    const content = await readFile(keyFile(folder), 'utf8')
    await writeFile(keyFile(folder), content.replace(/"secret": "../, '"secret": "!!'))
    await expect(loadKeys(folder)).rejects.toThrow(/已损坏/)
    await rm(keyFile(folder))
    await writeFile(join(folder.heads, 'head'), 'x')
    await expect(loadKeys(folder)).rejects.toThrow(/不见了/)
    await expect(stat(keyFile(folder))).rejects.toThrow()
    await chmod(folder.keys, 0o700)
  })
})

describe('a sealed field', () => {
  it('opens to the same text at its place only, and not after any change', async () => {
    const cipher = fieldCipher(await loadKeys(await openDataFolder(join(home, 'cipher'))))
    const place = { table: 'members.person', column: 'phone', row: 'a' }
    fc.assert(
      fc.property(fc.string({ unit: 'binary' }), fc.nat(), (plain, where) => {
        const sealed = cipher.seal(plain, place)
        expect(cipher.open(sealed, place)).toBe(Buffer.from(plain).toString())
        expect(cipher.seal(plain, place)).not.toBe(sealed)
        for (const other of [{ row: 'b' }, { column: 'address' }, { table: 'members.other' }])
          expect(() => cipher.open(sealed, { ...place, ...other })).toThrow()
        const bytes = Buffer.from(sealed.split('.')[2]!, 'base64url')
        bytes[where % bytes.length]! ^= 1
        expect(() => cipher.open(`${sealed.split('.').slice(0, 2).join('.')}.${bytes.toString('base64url')}`, place)).toThrow()
      }),
    )
    expect(() => cipher.open('王某某', place)).toThrow(/Not a sealed field/)
  })

  it('is found by a blind index that differs by value, purpose and installation', async () => {
    const one = fieldCipher(await loadKeys(await openDataFolder(join(home, 'blind-1'))))
    const two = fieldCipher(await loadKeys(await openDataFolder(join(home, 'blind-2'))))
    const index = one.blindIndex('13800000000', 'phone')
    expect(index).toMatch(/^[0-9a-f]{64}$/)
    expect(one.blindIndex('13800000000', 'phone')).toBe(index)
    expect(
      new Set([index, one.blindIndex('13800000001', 'phone'), one.blindIndex('13800000000', 'id'), two.blindIndex('13800000000', 'phone')])
        .size,
    ).toBe(4)
  })
})

describe('passwords', () => {
  it('fit only themselves, in half or full width, and an unknown account never fits', async () => {
    const hasher = passwordHasher()
    const stored = await hasher.hash('Ab12,井冈山', 'here')
    expect(stored).toMatch(/^\$argon2id\$v=19\$m=19456,t=2,p=1\$/)
    expect(await hasher.verify(stored, 'Ａｂ１２，井冈山', 'here')).toBe(true)
    expect(await hasher.verify(stored, 'Ab12,井冈', 'here')).toBe(false)
    expect(await hasher.verify(undefined, 'no account has this password', 'here')).toBe(false)
    expect([hasher.isOld(stored), hasher.isOld(stored.replace('t=2', 't=1'))]).toEqual([false, true])
  })

  it('of a single person do not wait for a wave from elsewhere, and too long a queue refuses at once', async () => {
    const hasher = passwordHasher({ atOnce: 1, waiting: 12, waitingPerSource: 10 })
    const done: string[] = []
    const wave = Array.from({ length: 11 }, () => hasher.verify(undefined, 'x', 'wave').then(() => done.push('wave')))
    const single = hasher.verify(undefined, 'x', 'single').then(() => done.push('single'))
    await expect(hasher.verify(undefined, 'x', 'wave')).rejects.toMatchObject({ code: 'busy' })
    expect(hasher.waiting()).toBe(11)
    await single
    expect(done.length).toBeLessThanOrEqual(3)
    await Promise.all(wave)
    expect([done.length, hasher.waiting()]).toEqual([12, 0])
  })
})
