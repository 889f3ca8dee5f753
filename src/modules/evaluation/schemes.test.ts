import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import { type World, world } from '#testing/world.ts'
import { shippedSchemes } from './schemes.ts'
import { BASICS, makeUnit, type Unit } from './testing.ts'

let w: World
let unit: Unit
beforeAll(async () => {
  w = await world({ now: new Date('2026-02-20T02:00:00Z') })
  unit = await makeUnit(w, 2)
})
afterAll(() => w.close())

const personal = () => [...shippedSchemes().values()].find((s) => s.scheme.object.kind === 'secretary')!
const copy = async () => {
  const { committeeId, officer } = unit
  return w.done(officer, 'evaluation.copyShipped', { orgId: committeeId, ...BASICS })
}

test('every shipped scheme is listed and opens with its health check; those that count persons say why they are read-only', async () => {
  const secretary = unit.branches[0]!.secretary
  const { items, can } = await w.done(secretary, 'evaluation.schemes', { orgId: unit.branches[0]!.id })
  expect(items.filter((s) => s.shipped)).toHaveLength(shippedSchemes().size)
  expect(can.manage).toBe(false)
  const persons = items.filter((s) => ['secretary', 'member', 'cadre'].includes(s.objectKind))
  expect(persons.length).toBeGreaterThan(0)
  expect(persons.every((s) => s.readOnlyBecause?.includes('不能发布'))).toBe(true)
  for (const { shipped } of items) {
    const { status } = await w.call(secretary, 'evaluation.scheme', { shipped: shipped! })
    expect(status).toBe(200)
  }
})

test('a shipped scheme goes out as YAML and comes in again as the same draft', async () => {
  const { officer, committeeId } = unit
  const file = await w.call(officer, 'evaluation.schemeYaml', { shipped: '25-standard-branch-hundred' })
  const data = file.body as unknown as Buffer
  const { id, fingerprint } = await w.done(
    officer,
    'evaluation.importScheme',
    { orgId: committeeId },
    { file: { name: '方案.yaml', data } },
  )
  expect(fingerprint).toBe(shippedSchemes().get('25-standard-branch-hundred')!.fingerprint)
  const seen = await w.done(officer, 'evaluation.scheme', { schemeId: id })
  expect(seen).toMatchObject({ state: 'draft', edition: 1, can: { save: true } })
})

describe('a draft', () => {
  test('is saved with its version, published with a document number, then frozen and followed by a new edition', async () => {
    const { officer, committeeId } = unit
    const draft = await copy()
    const { content } = await w.done(officer, 'evaluation.scheme', { schemeId: draft.id })
    content.name = '示例矿业党支部对照表'
    const save = { id: draft.id, orgId: committeeId, content }
    const saved = await w.done(officer, 'evaluation.saveScheme', { ...save, version: draft.version })
    expect(saved.fingerprint).not.toBe(draft.fingerprint)
    expect((await w.call(officer, 'evaluation.saveScheme', { ...save, version: draft.version })).status).toBe(409)

    expect((await w.call(unit.branches[0]!.secretary, 'evaluation.scheme', { schemeId: draft.id })).status).toBe(404)
    const publish = { id: draft.id, version: saved.version, documentNo: '示例党发〔2026〕1号' }
    const noMeeting = await w.call(officer, 'evaluation.publishScheme', { ...publish, meetingId: unit.committeeId })
    expect([noMeeting.status, noMeeting.facts]).toEqual([422, []])
    const published = await w.call(officer, 'evaluation.publishScheme', publish)
    expect(published.facts.map((f) => f.kind)).toEqual(['scheme.published'])
    expect((await w.call(unit.branches[0]!.secretary, 'evaluation.scheme', { schemeId: draft.id })).status).toBe(200)

    const frozen = await w.call(officer, 'evaluation.saveScheme', { ...save, version: published.body.version })
    expect([frozen.status, frozen.facts]).toEqual([409, []])
    const next = await w.done(officer, 'evaluation.saveScheme', { orgId: committeeId, content, changeNote: '下一年' })
    expect(next.edition).toBe(2)
    const withdrawn = await w.call(officer, 'evaluation.withdrawScheme', {
      id: draft.id,
      version: published.body.version,
      reason: '改用新版',
    })
    expect(withdrawn.facts.map((f) => f.kind)).toEqual(['scheme.withdrawn'])
  })

  test('of persons is neither copied nor saved nor published, and leaves no fact', async () => {
    const { officer, committeeId } = unit
    const { shipped, scheme } = personal()
    const copied = await w.call(officer, 'evaluation.copyShipped', { orgId: committeeId, shipped: shipped! })
    const saved = await w.call(officer, 'evaluation.saveScheme', { orgId: committeeId, content: scheme })
    const tried = await w.call(officer, 'evaluation.preview', { orgId: committeeId, shipped: shipped!, period: '2025' })
    for (const { status, body, facts } of [copied, saved, tried]) {
      expect([status, facts]).toEqual([403, []])
      expect(JSON.stringify(body)).toContain('含个人积分')
    }
  })

  test('with a text that bears a secrecy marking is not kept', async () => {
    const { officer, committeeId } = unit
    const content = { ...shippedSchemes().get('03-healthy-branch-stars')!.scheme, notes: ['机密★一年'] }
    const { status, body } = await w.call(officer, 'evaluation.saveScheme', { orgId: committeeId, content })
    expect([status, JSON.stringify(body)]).toEqual([422, expect.stringContaining('密')])
  })
})

test('a check names the place of what cannot be read and warns of what contradicts itself, and keeps nothing', async () => {
  const { officer, committeeId } = unit
  const bad = await w.done(officer, 'evaluation.checkScheme', { orgId: committeeId, yaml: 'format: rongjian-scheme/1\nkey: x\n' })
  expect(bad.errors.length).toBeGreaterThan(2)
  expect(bad.errors.every((e) => e.place && e.problem && e.remedy)).toBe(true)
  const { yaml } = await w.done(officer, 'evaluation.scheme', { shipped: '03-healthy-branch-stars' })
  const gap = await w.done(officer, 'evaluation.checkScheme', { yaml })
  expect(gap.errors).toEqual([])
  expect(gap.warnings.map((x) => x.code)).toContain('band-gap')
})

test('who does not manage schemes here changes nothing, and outsiders are told nothing', async () => {
  const { committeeId, branches } = unit
  const inside = await w.call(branches[0]!.secretary, 'evaluation.copyShipped', { orgId: branches[0]!.id, ...BASICS })
  expect([inside.status, inside.facts]).toEqual([403, []])
  const above = await w.call(branches[0]!.secretary, 'evaluation.copyShipped', { orgId: committeeId, ...BASICS })
  expect([above.status, above.facts]).toEqual([404, []])
})
