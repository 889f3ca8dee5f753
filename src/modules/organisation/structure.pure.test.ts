import fc from 'fast-check'
import { expect, test } from 'vitest'
import { addDays } from '#kernel/civilDate.ts'
import { Refusal } from '#kernel/errors.ts'
import { end, layPaths, place, placeAnew, type Structure } from './structure.ts'

const day = (n: number) => addDays('2020-01-01', n)
const ids = ['a', 'b', 'c', 'd', 'e']

type Event = { id: string; on: number; parent: string | null }
const event = fc.record<Event>({
  id: fc.constantFrom(...ids),
  on: fc.integer({ min: 0, max: 12 }),
  parent: fc.constantFrom(null, ...ids),
})

const grow = (events: readonly Event[]): Structure<string> => {
  const structure: Structure<string> = new Map(ids.map((id) => [id, { key: id, spans: [] }]))
  for (const id of ids) place(structure, id, day(0), { parentId: null, value: 'x' })
  for (const { id, on, parent } of events) place(structure, id, day(on), { parentId: parent, value: 'x' })
  return structure
}

/** The plain meaning: on each day the last said place that began by then, followed upwards. */
function pathOn(events: readonly Event[], id: string, on: number, below: readonly string[] = []): string | null {
  if (below.includes(id)) return null
  const holding = events.filter((e) => e.id === id && e.on <= on)
  const latest = Math.max(...holding.map((e) => e.on))
  const parent = holding.filter((e) => e.on === latest).at(-1)?.parent ?? null
  const above = parent === null ? '/' : pathOn(events, parent, on, [...below, id])
  return above === null ? null : `${above}${id}/`
}

test('on every day the path of every organisation is that of the chain of superiors of that day, and a circle is refused', () => {
  fc.assert(
    fc.property(fc.array(event, { maxLength: 12 }), (events) => {
      const expected = ids.flatMap((id) => Array.from({ length: 14 }, (_, n) => pathOn(events, id, n)))
      let laid: ReturnType<typeof layPaths<string>>
      try {
        laid = layPaths(grow(events))
      } catch (error) {
        expect(error).toBeInstanceOf(Refusal)
        expect((error as Refusal).code).toBe('circle')
        expect(expected).toContain(null)
        return
      }
      const real = ids.flatMap((id) =>
        Array.from(
          { length: 14 },
          (_, n) => laid.find((r) => r.id === id && r.from <= day(n) && (r.to === null || day(n) < r.to))?.path ?? null,
        ),
      )
      expect(real).toEqual(expected)
      for (const [i, row] of laid.entries()) {
        const next = laid[i + 1]
        if (next?.id === row.id) expect([next.from, next.path]).not.toEqual([row.to, row.path])
      }
    }),
    { numRuns: 500 },
  )
})

test('a place under a superior that has ended is refused, and one that ends the day before is not', () => {
  const structure = grow([])
  end(structure, 'a', day(5))
  place(structure, 'b', day(2), { parentId: 'a', value: 'x' })
  expect(() => layPaths(structure)).toThrow('还没有成立或已经撤销')
  end(structure, 'b', day(5))
  expect(layPaths(structure).filter((r) => r.id === 'b')).toEqual([
    { id: 'b', from: day(0), to: day(2), parentId: null, value: 'x', path: '/b/' },
    { id: 'b', from: day(2), to: day(5), parentId: 'a', value: 'x', path: '/a/b/' },
  ])
})

test('a move keeps the end that is already set for a later day', () => {
  const structure = grow([])
  end(structure, 'b', day(9))
  place(structure, 'b', day(4), { parentId: 'a', value: 'x' })
  expect(structure.get('b')!.spans.map(({ from, to }) => [from, to])).toEqual([
    [day(0), day(4)],
    [day(4), day(9)],
  ])
})

test('a change that says what holds already, or what is set to come, is refused', () => {
  const structure = grow([{ id: 'b', on: 6, parent: 'a' }])
  const under = (parentId: string | null, on: number) => () => placeAnew(structure, 'b', day(on), { parentId, value: 'x' })
  expect(under('a', 3)).toThrow('自 2020-01-07 起就是这样')
  expect(under('a', 8)).toThrow('没有变更')
  expect(under(null, 8)).not.toThrow()
})
