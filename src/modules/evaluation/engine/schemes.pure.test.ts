import { expect, test } from 'vitest'
import { declared } from '../../../platform.ts'
import { knownMeasures } from '../known.ts'
import { check } from './healthCheck.ts'
import { fingerprint, listShipped, loadScheme, writeScheme } from './load.ts'
import { inputKeys } from './plan.ts'
import { isPersonal, PERSONAL_REASON, publishable } from './scheme.ts'

const MEASURES = knownMeasures(declared)

/** Every contradiction of the sources, as often as it occurs (unknown figures: that there are some). */
const EXPECTED: Record<string, string[]> = {
  '00-branch-basics.yaml': ['process-only'],
  '00-branch-records.yaml': ['process-only'],
  '01-water-group-responsibility.yaml': ['process-only', 'unknown-value'],
  '03-healthy-branch-stars.yaml': ['band-gap', 'band-gap', 'band-gap', 'band-gap', 'band-gap', 'red-line', 'unknown-value'],
  '04-quality-system-branch.yaml': ['deduct-exceeds', 'deduct-exceeds', 'not-this-kind', 'step-sum', 'unknown-value'],
  '05-drilling-general-branch.yaml': ['deduct-exceeds', 'deduct-exceeds', 'unknown-value'],
  '06-coal-secretary-532.yaml': ['red-line', 'unknown-value'],
  '08-county-power-pioneer-index.yaml': ['deduct-exceeds', 'invites-gaming', 'red-line', 'unknown-value'],
  '09-city-power-fortress-index.yaml': ['unknown-value'],
  '09-city-power-pioneer-index.yaml': ['red-line', 'unknown-value'],
  '10-county-power-stars.yaml': ['unknown-value'],
  '13-clean-enterprise.yaml': ['unknown-value'],
  '15-double-multiplier.yaml': ['unknown-value'],
  '16-three-part-formula.yaml': ['unknown-value'],
  '17-party-mass-committee.yaml': [...Array(6).fill('deduct-exceeds'), 'invites-gaming', 'unknown-value'],
  '18-provincial-group-ranking.yaml': ['red-line', 'unknown-value'],
  '19-coal-zone-contest.yaml': ['red-line', 'red-line', 'unknown-value'],
  '20-bank-red-engine.yaml': ['unknown-value'],
  '21-agency-excellence-eligibility.yaml': ['red-line', 'unknown-value'],
  '23-workshop-branch-standard.yaml': ['not-this-kind', 'unknown-value'],
  '25-standard-branch-hundred.yaml': ['unknown-value'],
  '30-1-county-grading-2015.yaml': ['unknown-value'],
  '30-2-appraisal-excellent-third.yaml': ['red-line', 'unknown-value'],
  '30-3-integrity-responsibility.yaml': ['band-gap', 'band-gap', 'band-gap', 'band-gap', 'unknown-value'],
  '30-4-political-work-quantified.yaml': ['red-line', 'unknown-value'],
  '30-5-weak-branch-findings.yaml': ['red-line', 'unknown-value'],
  '30-6-weak-branch-ratio.yaml': ['red-line', 'red-line', 'unknown-value'],
}

const shipped = listShipped().map(({ file, text, loaded }) => {
  if ('errors' in loaded) throw new Error(`${file}: ${JSON.stringify(loaded.errors)}`)
  return { file, text, scheme: loaded.scheme }
})

test('the table names every shipped scheme, and only those', () => {
  expect(shipped.map(({ file }) => file)).toEqual(Object.keys(EXPECTED))
})

test.each(shipped)('$file reports its contradictions, no more and no fewer, and is not changed by the check', ({ file, scheme }) => {
  const before = JSON.stringify(scheme)
  const warnings = check(scheme, MEASURES)
  const codes = warnings.map(({ code }) => code)
  const counted = codes.filter((code, i) => code !== 'unknown-value' || codes.indexOf(code) === i)
  expect(counted.sort()).toEqual(EXPECTED[file])
  for (const warning of warnings) expect([warning.place, warning.says, warning.remedy].every((text) => text.length > 0)).toBe(true)
  expect(JSON.stringify(scheme)).toBe(before)
})

test.each(shipped)('$file goes out as YAML and comes back with the same fingerprint and the same text', ({ scheme }) => {
  const written = writeScheme(scheme)
  const again = loadScheme(written)
  if ('errors' in again) throw new Error(JSON.stringify(again.errors))
  expect(again.scheme).toEqual(scheme)
  expect(fingerprint(again.scheme)).toBe(fingerprint(scheme))
  expect(writeScheme(again.scheme)).toBe(written)
})

test.each(shipped)('$file keeps its source, says what it keeps, and names every input once', ({ text, scheme }) => {
  expect(text.startsWith('# ')).toBe(true)
  expect(scheme.source.every((source) => source.url ?? source.documentNo ?? source.title)).toBeTruthy()
  const keys = inputKeys(scheme).map(({ key }) => key)
  expect(new Set(keys.filter((key) => !key.startsWith('linkage/') && !key.startsWith('formula/'))).size).toBe(
    keys.filter((key) => !key.startsWith('linkage/') && !key.startsWith('formula/')).length,
  )
})

test('as many inputs are computed from facts as the figures say, and every one of them by a measure that some module feeds', () => {
  const computed = shipped.map(({ file, scheme }) => {
    const fed = inputKeys(scheme).flatMap(({ source }) => (source?.from === 'fact' || source?.from === 'duty' ? [source.measure] : []))
    expect(fed.filter((key) => !MEASURES.some((m) => m.key === key))).toEqual([])
    return [file, fed.length]
  })
  expect(Object.fromEntries(computed.filter(([, n]) => n !== 0))).toEqual({
    '00-branch-basics.yaml': 6,
    '00-branch-records.yaml': 19,
    '04-quality-system-branch.yaml': 2,
    '17-party-mass-committee.yaml': 5,
    '25-standard-branch-hundred.yaml': 5,
  })
})

test('schemes of persons can be read and never published', () => {
  const personal = shipped.filter(({ scheme }) => isPersonal(scheme))
  expect(personal.map(({ file }) => file.slice(0, 4))).toEqual(['06-c', '08-c', '09-c', '21-a', '30-2', '30-4'])
  for (const { scheme } of personal) expect(publishable(scheme)).toEqual({ publishable: false, reason: PERSONAL_REASON })
  const others = shipped.filter(({ scheme }) => !isPersonal(scheme))
  for (const { scheme } of others) expect(publishable(scheme)).toEqual({ publishable: true })
})

test('what a source did not publish is unknown and never nought', () => {
  const { scheme } = shipped.find(({ file }) => file.startsWith('04-'))!
  const lectures = scheme.sheets[0]!.items[0]!.items![2]!.items!.find(({ name }) => name === '三会一课')!
  expect(lectures.max).toBe('unknown')
  expect(JSON.stringify(scheme)).not.toContain('"max":"0"')
})
