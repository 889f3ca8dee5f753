import { z } from 'zod'
import { Line } from '#modules/politicalwork/contract.ts'

const oneOf = <K extends string>(of: Record<K, string>) => z.enum(Object.keys(of) as [K, ...K[]])

export const KINDS = { integrity: '廉洁承诺', service: '服务承诺', work: '工作承诺' } as const
export type Kind = keyof typeof KINDS
export const Kind = oneOf(KINDS)

/** How somebody accounts for the own pledge. */
export const ACCOUNTS = { kept: '做到了', partly: '部分做到', notKept: '没有做到' } as const
export type Account = keyof typeof ACCOUNTS
export const Account = oneOf(ACCOUNTS)

export const STATES = { running: '承诺期内', expired: '已到期，还没有说明', accounted: '本人已说明', withdrawn: '已撤回' } as const
export type State = keyof typeof STATES

/** Where a pledge stands on a day. An expired one stays in sight until its person says what became of it. Pure. */
export function stateOf(p: { until: string; account: Account | null; withdrawnOn: string | null }, today: string): State {
  if (p.withdrawnOn !== null) return 'withdrawn'
  if (p.account !== null) return 'accounted'
  return p.until < today ? 'expired' : 'running'
}

/** What the ledger keeps; the subject is the pledge. No word of it. */
export const pledgeFacts = {
  'pledge.published': z.object({ kind: Kind, until: z.iso.date() }),
  'pledge.accounted': z.object({ kind: Kind, account: Account }),
  'pledge.withdrawn': z.object({ kind: Kind }),
}

export const Pledge = z.object({
  id: z.string(),
  personId: z.string(),
  name: z.string(),
  orgName: z.string(),
  kind: Kind,
  text: z.string(),
  audience: z.string(),
  on: z.string(),
  until: z.string(),
  state: oneOf(STATES),
  account: Account.nullable(),
  accountText: z.string().nullable(),
  accountOn: z.string().nullable(),
  withdrawnOn: z.string().nullable(),
  withdrawnNote: z.string().nullable(),
  version: z.int(),
  can: z.object({ account: z.boolean(), withdraw: z.boolean() }),
})
export type Pledge = z.output<typeof Pledge>

/** Beside the pledge what records tell of its time; counts with where they stand, no verdict. */
export const PledgeView = Pledge.extend({ records: z.array(Line), recordsUntil: z.string() })
