import { describe, expect, it } from 'vitest'
import { z } from 'zod'
import { assertNoText, code, decimal, fingerprint, partialDate, planned } from './bodies.ts'
import { type FactCtx, ledgerFacts, recorderOf, retract } from './facts.ts'

const id = '01989f10-0000-7000-8000-000000000001'
const context = (now = '2026-03-01T00:00:00Z'): FactCtx => ({
  db: undefined as never,
  now: new Date(now),
  operation: 'meetings.sign',
  facts: [],
  actor: { personId: null },
})
const record = recorderOf({
  'meeting.held': z.object({ present: z.int() }),
  'term.begun': planned(z.object({ post: code() })),
})

describe('recording a fact', () => {
  it('keeps the body that its kind declares and refuses another', () => {
    const ctx = context()
    record(ctx, 'meeting.held', { subject: id, orgId: id, happenedOn: '2026-02-28', body: { present: 12 } })
    expect(() => record(ctx, 'meeting.held', { subject: id, orgId: id, body: { present: '十二' } as never })).toThrow()
    expect(ctx.facts).toHaveLength(1)
    expect(ctx.facts[0]).toMatchObject({ kind: 'meeting.held', happenedOn: '2026-02-28', personId: null, body: { present: 12 } })
  })

  it('takes today in Shanghai when no day is given', () => {
    const ctx = context('2026-02-28T16:00:00Z')
    record(ctx, 'meeting.held', { subject: id, orgId: id, body: { present: 1 } })
    expect(ctx.facts[0]!.happenedOn).toBe('2026-03-01')
  })

  it('refuses the future unless the kind is declared planned', () => {
    const ctx = context()
    expect(() => record(ctx, 'meeting.held', { subject: id, orgId: id, happenedOn: '2026-03-02', body: { present: 1 } })).toThrow(
      RangeError,
    )
    record(ctx, 'term.begun', { subject: id, orgId: id, happenedOn: '2027-01-01', body: { post: 'secretary' } })
    expect(ctx.facts).toHaveLength(1)
  })

  it('takes a fact back by another fact about it', () => {
    const ctx = context()
    retract(ctx, { factId: id, kind: 'meeting.held', orgId: id, reason: 'mistake' })
    expect(ctx.facts[0]).toMatchObject({ kind: 'fact.retracted', subject: id, body: { factId: id, reason: 'mistake' } })
  })
})

describe('a fact body', () => {
  it('may hold ids, numbers, words from a list, dates and decimals', () => {
    const body = z.object({
      who: z.array(z.uuid()),
      on: z.iso.date(),
      since: partialDate().nullable(),
      kind: z.enum(['a', 'b']),
      weight: decimal(),
      rule: code(),
      hash: fingerprint().optional(),
      counts: z.record(z.uuid(), z.int()),
      month: z.string().regex(/^\d{4}-(0[1-9]|1[0-2])$/),
      vote: z.discriminatedUnion('type', [z.object({ type: z.literal('show') }), z.object({ type: z.literal('ballot'), n: z.int() })]),
    })
    expect(() => assertNoText(body)).not.toThrow()
    expect(() => Object.values(ledgerFacts).map((s) => assertNoText(s))).not.toThrow()
  })

  it.each([
    ['free text', z.string()],
    ['short text', z.string().max(20)],
    ['any word', z.string().regex(/^\w+$/)],
    ['letters', z.string().regex(/^[a-z]+$/)],
    ['a disguised range', z.string().regex(/^[!-~]+$/)],
    ['an open pattern', z.string().regex(/\d/)],
    ['Chinese', z.string().regex(/^[一-龥]+$/)],
    ['unknown', z.unknown()],
    ['text keys', z.record(z.string(), z.int())],
    ['an e-mail address', z.email()],
    ['fractions', z.number()],
  ])('may not hold %s', (_, schema) => {
    expect(() => assertNoText(z.object({ deep: z.array(z.object({ it: schema.optional() })) }))).toThrow(/body\.deep\[\]\.it/)
  })
})
