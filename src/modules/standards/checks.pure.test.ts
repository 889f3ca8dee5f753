import fc from 'fast-check'
import { expect, test } from 'vitest'
import { checksOf, type SetUp } from './checks.ts'

const DAY = '2026-09-18'
const setUp = (given: Partial<SetUp> = {}): SetUp => ({
  kind: 'partyBranch', name: '某支部', full: 20, members: 21, committee: 3, metAsCommittee: false, units: 1, projectEnd: null, ...given,
}) // biome-ignore format: one branch
const keys = (given: Partial<SetUp>) => checksOf(setUp(given), DAY).map((f) => f.check)

test.each<[string, Partial<SetUp>, string[]]>([
  ['an ordinary branch is in order', {}, []],
  ['two full members are too few, three are enough', { full: 2, members: 8, committee: 0 }, ['few-members']],
  ['three are enough', { full: 3, members: 3, committee: 0 }, []],
  ['six full members and a probationary one need no committee', { full: 6, members: 7, committee: 0 }, []],
  ['seven do', { full: 7, members: 7, committee: 2 }, ['no-committee']],
  ['a committee shows itself by meeting', { full: 9, members: 9, committee: 0, metAsCommittee: true }, []],
  ['fifty members are allowed', { full: 50, members: 50 }, []],
  ['fifty-one are not', { full: 49, members: 51 }, ['many-members']],
  ['a hundred ask for a committee of the Party', { full: 90, members: 100 }, ['needs-committee']],
  ['a general branch of ninety-six is in order', { kind: 'generalBranch', members: 96 }, []],
  ['a general branch of a hundred is not', { kind: 'generalBranch', members: 100 }, ['needs-committee']],
  ['one of forty-nine is a hint', { kind: 'generalBranch', members: 49 }, ['small-committee']],
  ['a committee of ninety-nine is a hint', { kind: 'partyCommittee', members: 99 }, ['small-committee']],
  ['a joint branch of six units is too wide', { kind: 'jointBranch', units: 6 }, ['many-units']],
  ['one of five is not', { kind: 'jointBranch', units: 5 }, []],
  ['a temporary branch on the last day of its task', { kind: 'provisionalBranch', projectEnd: DAY }, []],
  ['and on the day after', { kind: 'provisionalBranch', projectEnd: '2026-09-17' }, ['project-over']],
  [
    'a temporary branch without members of its own is in order',
    { kind: 'provisionalBranch', full: 0, members: 0, committee: 0, projectEnd: '2027-01-01' },
    [],
  ],
  ['a branch without anybody is told only that', { full: 0, members: 0, committee: 0 }, ['empty-roster']],
])('%s', (_says, given, expected) => {
  expect(keys(given)).toEqual(expected)
})

test('whatever the numbers, more than one size rule never speaks at once, and every finding says what to do', () => {
  const number = fc.integer({ min: 0, max: 200 })
  const kind = fc.constantFrom('partyBranch', 'jointBranch', 'provisionalBranch', 'generalBranch', 'partyCommittee', 'partyGroup' as const)
  fc.assert(
    fc.property(kind, number, number, number, number, (of, full, probationary, committee, units) => {
      const found = checksOf(setUp({ kind: of as SetUp['kind'], full, members: full + probationary, committee, units }), DAY)
      expect(found.filter((f) => ['few-members', 'many-members', 'needs-committee'].includes(f.check)).length).toBeLessThan(
        2 + Number(full < 3),
      )
      expect(found.every((f) => f.says.startsWith('某支部') && f.remedy.length > 5)).toBe(true)
    }),
  )
})
