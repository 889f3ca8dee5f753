import { expect, test } from 'vitest'
import { foldOverview } from './overview.ts'

const below = [
  { id: 'general', name: '采掘党总支', path: 'a/b/' },
  { id: 'branch', name: '机电队党支部', path: 'a/c/' },
  { id: 'top', name: '直属支部', path: 'a/' },
]
const standing = (id: string, path: string, overdue: number, soon = false) => ({
  id, path, name: id, done: 3, expected: 3 + overdue, overdue, soon,
}) // biome-ignore format: one branch
const branches = [
  standing('branch', 'a/c/', 2),
  standing('first', 'a/b/d/', 0, true),
  standing('second', 'a/b/e/', 1, true),
  standing('third', 'a/b/f/', 0),
]

test('branches are counted under the organisation directly below; those directly below the top stand together, last', () => {
  const { groups, help, soon, ...counts } = foldOverview(branches, below)
  expect(counts).toEqual({ branches: 4, onTime: 1, allDone: 2 })
  expect(groups.map((g) => [g.name, g.total, g.help, g.soon, g.cells.length])).toEqual([
    ['采掘党总支', 3, 1, 1, 3],
    ['直属支部', 1, 1, 0, 1],
  ])
  expect([help.map((b) => b.id), soon.map((b) => b.id)]).toEqual([['second', 'branch'], ['first']])
})

test('of too many there is no cell for each, and every count is the same', () => {
  const [few, many] = [foldOverview(branches, below), foldOverview(branches, below, 3)]
  expect(many.groups.flatMap((g) => g.cells)).toEqual([])
  expect({ ...many, groups: many.groups.map((g) => ({ ...g, cells: [] })) }).toEqual({
    ...few,
    groups: few.groups.map((g) => ({ ...g, cells: [] })),
  })
})
