import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { headCode, readHeadCode } from './headCode.ts'
import { canonicalBody, canonicalJson, leafHash } from './leaf.ts'
import { leafOf, provesConsistency, provesInclusion } from './proof.ts'
import { append, consistencyPath, FANOUT, type Frontier, frontierAt, inclusionPath, type Node, rootOf } from './tree.ts'

const grown = (texts: readonly string[]) => {
  const frontier: Frontier = { size: 0, peaks: [] }
  const levels: string[][] = [[]]
  const roots = [rootOf(frontier)]
  for (const text of texts) {
    const leaf = leafHash(text)
    levels[0]!.push(leaf)
    append(frontier, leaf, ({ level, at, hash }: Node) => {
      levels[level] ??= []
      levels[level][at] = hash
    })
    roots.push(rootOf(frontier))
  }
  const read = async (level: number, block: number) => (levels[level] ?? []).slice(block * FANOUT, (block + 1) * FANOUT)
  return { frontier, roots, read }
}

const big = grown(Array.from({ length: 70_000 }, (_, i) => `fact ${i}`))
const pair = fc
  .tuple(fc.integer({ min: 1, max: 70_000 }), fc.integer({ min: 1, max: 70_000 }))
  .map(([a, b]) => (a < b ? [a, b] : [b, a]) as [number, number])

describe('the tree', () => {
  it('gives the roots of the published test vectors of RFC 6962', () => {
    const leaves = ['', '\x00', '\x10', '\x20\x21', '\x30\x31', '@ABC', 'PQRSTUVW', '`abcdefghijklmno']
    expect(grown(leaves).roots).toEqual([
      'e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855',
      '6e340b9cffb37a989ca544e6bb780a2c78901d3fb33738768511a30617afa01d',
      'fac54203e7cc696cf0dfcb42c92a1d9dbaf70ad9e621f4bd8d98662f00e3c125',
      'aeb6bcfe274b70a14fb067a5e5578264db0fa9b51af5e0ba159158f329e06e77',
      'd37ee418976dd95753c1c73862b9398fa2a2cf9b4ff0fdfe8b30cd95209614b7',
      '4e3bbb1f7b478dcfe71fb631631519a3bca12c9aefca1612bfce4c13a86264d4',
      '76e67dadbcdf1e10e1b74ddc608abd2f98dfb16fbce75277b5232a127f2087ef',
      'ddb89be403809e325750d3d263cd78929c2942b7942a34b77e122c9594a74c8c',
      '5dc9da79a70659a9ad559cb701ded9a2ab9d823aad2f4960cfe370eff4604328',
    ])
  })

  it('is read back from its kept nodes at any size', async () => {
    await fc.assert(
      fc.asyncProperty(fc.integer({ min: 0, max: 70_000 }), async (size) => {
        expect(rootOf(await frontierAt(big.read, size))).toBe(big.roots[size])
      }),
    )
  })

  it('reads at most four rows of 256 for a proof', async () => {
    const blocks = new Set<string>()
    await inclusionPath(
      (level, block) => {
        blocks.add(`${level}/${block}`)
        return big.read(level, block)
      },
      40_000,
      70_000,
    )
    expect(blocks.size).toBeLessThanOrEqual(4)
  })
})

describe('a proof', () => {
  it('holds for every fact in every tree, and for no other fact, place, size or root', async () => {
    await fc.assert(
      fc.asyncProperty(pair, fc.nat(), async ([n, size], other) => {
        const index = n - 1
        const path = await inclusionPath(big.read, index, size)
        const proof = { index, size, leaf: await leafOf(`fact ${index}`), path, root: big.roots[size]! }
        expect(await provesInclusion(proof)).toBe(true)
        expect(path.length).toBeLessThanOrEqual(17)

        expect(await provesInclusion({ ...proof, leaf: await leafOf(`fact ${index + 1}`) })).toBe(false)
        expect(await provesInclusion({ ...proof, root: big.roots[size - 1]! })).toBe(false)
        expect(await provesInclusion({ ...proof, path: [...path, big.roots[1]!] })).toBe(false)
        if (path.length > 0) expect(await provesInclusion({ ...proof, path: path.slice(1) })).toBe(false)
        const place = other % size
        if (place !== index) expect(await provesInclusion({ ...proof, index: place })).toBe(false)
      }),
      { numRuns: 60 },
    )
  })

  it('shows that the newer tree begins with the older one, and never that it begins with another', async () => {
    await fc.assert(
      fc.asyncProperty(pair, async ([a, b]) => {
        const path = await consistencyPath(big.read, a, b)
        const [first, second] = [
          { size: a, root: big.roots[a]! },
          { size: b, root: big.roots[b]! },
        ]
        expect(await provesConsistency({ first, second, path })).toBe(true)
        expect(await provesConsistency({ first: { size: a, root: big.roots[a + 1] ?? big.roots[0]! }, second, path })).toBe(false)
        expect(await provesConsistency({ first, second: { size: b, root: big.roots[b - 1]! }, path })).toBe(false)
        if (a < b) expect(await provesConsistency({ first: second, second: first, path })).toBe(false)
      }),
      { numRuns: 60 },
    )
  })
})

describe('canonical JSON', () => {
  it('does not depend on the order of keys', () => {
    expect(canonicalJson({ b: [1, { d: true, c: null }], a: '甲' })).toBe('{"a":"甲","b":[1,{"c":null,"d":true}]}')
  })

  it('is the same for a body however often it passes through the database', () => {
    const data = fc.letrec((tie) => ({
      value: fc.oneof(fc.integer(), fc.boolean(), fc.constant(null), fc.string(), tie('list'), tie('object')),
      list: fc.array(tie('value'), { maxLength: 4 }),
      object: fc.dictionary(fc.string(), tie('value'), { maxKeys: 4 }),
    })).object
    fc.assert(
      fc.property(data, (body) => {
        expect(canonicalBody(asJsonb(body))).toBe(canonicalJson(body))
      }),
    )
  })

  it('tells apart numbers that JavaScript cannot', () => {
    expect(canonicalBody('{"present": 5}')).toBe('{"present":5}')
    const near = [
      '{"present": 5.0}',
      '{"present": 5.00000000000000000001}',
      '{"present": 9007199254740993}',
      '{"present": 9007199254740992}',
    ]
    expect(new Set(near.map(canonicalBody)).size).toBe(4)
    expect(near.map(canonicalBody)).not.toContain('{"present":5}')
  })
})

/** As PostgreSQL prints jsonb: shorter keys first, one blank after each separator. */
function asJsonb(value: unknown): string {
  if (typeof value !== 'object' || value === null) return Object.is(value, -0) ? '0' : JSON.stringify(value)
  if (Array.isArray(value)) return `[${value.map(asJsonb).join(', ')}]`
  const keys = Object.keys(value).sort((a, b) => a.length - b.length || (a < b ? -1 : 1))
  return `{${keys.map((k) => `${JSON.stringify(k)}: ${asJsonb((value as Record<string, unknown>)[k])}`).join(', ')}}`
}

describe('the short form of a head', () => {
  const head = fc.record({
    size: fc.integer({ min: 0, max: 2 ** 35 - 1 }),
    root: fc.uint8Array({ minLength: 32, maxLength: 32 }).map((bytes) => Buffer.from(bytes).toString('hex')),
  })

  it('reads back, also in small letters, without dashes and with O for 0', () => {
    fc.assert(
      fc.property(head, (h) => {
        const code = headCode(h)
        expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{4}-){5}[0-9A-HJKMNP-TV-Z]{4}$/)
        for (const typed of [code, code.toLowerCase().replaceAll('-', ' '), code.replaceAll('0', 'O').replaceAll('1', 'l')]) {
          const read = readHeadCode(typed)
          expect(read?.size).toBe(h.size)
          expect(read?.matches(h.root)).toBe(true)
          expect(read?.matches(`${h.root[0] === '0' ? '1' : '0'}${h.root.slice(1)}`)).toBe(false)
        }
      }),
    )
  })

  it('shows every wrong sign and every swap of neighbours', () => {
    fc.assert(
      fc.property(head, fc.nat(23), fc.constantFrom(...'0123456789ABCDEFGHJKMNPQRSTVWXYZ'), (h, at, sign) => {
        const signs = [...headCode(h).replaceAll('-', '')]
        const wrong = signs.with(at, sign)
        if (signs[at] !== sign) expect(readHeadCode(wrong.join(''))).toBeUndefined()
        const [here, next] = [signs[at], signs[at + 1]]
        if (here !== undefined && next !== undefined && here !== next)
          expect(
            readHeadCode(
              signs
                .with(at, next)
                .with(at + 1, here)
                .join(''),
            ),
          ).toBeUndefined()
      }),
    )
  })

  it('refuses what is no code', () => {
    for (const text of ['', '2B7K', 'UUUU-UUUU-UUUU-UUUU-UUUU-UUUU', '一二三']) expect(readHeadCode(text)).toBeUndefined()
  })
})
