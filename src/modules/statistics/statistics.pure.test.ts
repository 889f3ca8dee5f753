import fc from 'fast-check'
import { expect, test } from 'vitest'
import { findingsOf } from './checks.ts'
import { keyOfCell } from './contract.ts'
import { CODES, codeOf, inJobRow, partsOfJob, rowsOfJob } from './jobs.ts'
import type { Counted } from './people.ts'
import { JOBS, SHEETS } from './reference.ts'
import { type AllReadings, jobsOf } from './values.ts'

const nobody: AllReadings = { job: new Map(), title: new Map(), education: new Map() }
const members = SHEETS.find((s) => s.key === 'members')!
const columns = members.columns.map((c) => c.key)
const ages = members.parts[0]!.are

const Person = fc.record({
  text: fc.constantFrom(null, '', '采煤工', '农民工', '0141 经营管理', '企业管理人员', '离休', '01 公有制单位', '02', '5'),
  retired: fc.boolean(),
  age: fc.constantFrom(...ages, 'noBirth'),
  women: fc.boolean(),
})

const countedOf = ({ text, retired, age, women }: { text: string | null; retired: boolean; age: string; women: boolean }): Counted =>
  ({
    text,
    retired,
    ...Object.fromEntries(columns.map((c) => [c, 0])),
    total: 1,
    [age]: 1,
    ...(women ? { women: 1 } : {}),
  }) as unknown as Counted

test('whatever people there are, a sum that does not agree differs by exactly those whom the finding opens', () => {
  fc.assert(
    fc.property(fc.array(Person, { maxLength: 40 }), (people) => {
      const cells = jobsOf(people.map(countedOf), columns, nobody)
      const value = (row: string, column: string) => cells.get(keyOfCell(row, column)) ?? null
      expect(value('', 'total')).toBe(people.length)
      const findings = findingsOf(members, value, () => null)
      for (const f of findings.filter((f) => f.open)) expect(value(f.open!.row, f.open!.column)).toBe(f.difference)
      const unsorted = people.filter((p) => !p.retired && codeOf('job', p.text, nobody.job) === null).length
      expect(findings.some((f) => f.sort === 'job' && f.open?.row === '?')).toBe(unsorted > 0)
      expect(findings.some((f) => f.open?.column === 'noBirth')).toBe(people.some((p) => p.age === 'noBirth'))
    }),
  )
})

test('everybody counts in the whole and in one row of each level at most, and the records of a row are those it counts', () => {
  const codes = [null, ...CODES.job.map((c) => c.code)]
  for (const code of codes) {
    const rows = rowsOfJob(code)
    expect(rows[0]).toBe('')
    for (const { key } of JOBS) {
      expect(inJobRow(key, code)).toBe(rows.includes(key))
      expect(partsOfJob(key).filter((part) => rows.includes(part)).length).toBeLessThanOrEqual(1)
      expect(inJobRow(`${key}?`, code)).toBe(rows.includes(key) && !partsOfJob(key).some((part) => rows.includes(part)))
    }
  }
})

test('a text is read as the unit said, else as written in the reference, else by the number it begins with', () => {
  expect(codeOf('job', '采煤工', nobody.job)).toBeNull()
  expect(codeOf('job', '采煤工', new Map([['采煤工', '016']]))).toBe('016')
  expect(codeOf('job', ' 企业管理人员 ', nobody.job)).toBe('014')
  expect(codeOf('job', '0141 经营管理', nobody.job)).toBe('014')
  expect(codeOf('job', '1采区工人', nobody.job)).toBeNull()
  expect(codeOf('title', '0141 经营管理', nobody.title)).toBeNull()
  expect(codeOf('job', null, nobody.job)).toBeNull()
})
