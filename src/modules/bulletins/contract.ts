import { z } from 'zod'
import { lifecycle } from '#kernel/lifecycle.ts'

export const BULLETIN_STATES = { draft: '起草中', issued: '已印发', withdrawn: '已撤回' } as const
export type BulletinState = keyof typeof BULLETIN_STATES
export const BulletinState = z.enum(Object.keys(BULLETIN_STATES) as [BulletinState, ...BulletinState[]])

export const bulletinLife = lifecycle(
  { draft: { edit: 'draft', issue: 'issued' }, issued: { withdraw: 'withdrawn' }, withdrawn: {} },
  { edit: '通报印发以后不能再改。写错了的请撤回，重新起草', issue: '通报已经印发或撤回', withdraw: '只有印发了的通报才能撤回' },
)

/** subject is the bulletin; its words and numbers stay in it. */
export const bulletinFacts = {
  'bulletin.issued': z.object({ from: z.iso.date(), to: z.iso.date(), branches: z.int().min(0) }),
  'bulletin.withdrawn': z.object({}),
}

/** What records show of one branch in the time. */
export const BranchNumbers = z.object({
  orgId: z.string(),
  name: z.string(),
  meetings: z.int(),
  /** Duties whose time has ended or that are done; of them done; of them late. */
  due: z.int(),
  met: z.int(),
  overdue: z.int(),
  /** Which are late, in words. */
  late: z.array(z.string()),
  tasks: z.int(),
  tasksOnTime: z.int(),
  tasksLate: z.int(),
})
export type BranchNumbers = z.output<typeof BranchNumbers>

export const Numbers = z.object({ asAt: z.string(), branches: z.array(BranchNumbers) })
export type Numbers = z.output<typeof Numbers>

/** The sums in words, as they stand above the table. */
export function summaryOf({ branches }: Numbers): string[] {
  const sum = (of: (b: BranchNumbers) => number) => branches.reduce((n, b) => n + of(b), 0)
  const late = branches.filter((b) => b.overdue > 0)
  const slow = branches.filter((b) => b.tasksLate > 0)
  return [
    `${branches.length} 个支部召开会议 ${sum((b) => b.meetings)} 次。`,
    `到期应办 ${sum((b) => b.due)} 项，已办 ${sum((b) => b.met)} 项，逾期未办 ${sum((b) => b.overdue)} 项${late.length > 0 ? `，在 ${late.length} 个支部：${named(late)}` : ''}。`,
    sum((b) => b.tasks) === 0
      ? '这段时间没有到期的任务。'
      : `到期任务 ${sum((b) => b.tasks)} 件，按期办结 ${sum((b) => b.tasksOnTime)} 件，逾期 ${sum((b) => b.tasksLate)} 件${slow.length > 0 ? `，在 ${slow.length} 个支部：${named(slow)}` : ''}。`,
  ]
}

const named = (of: readonly BranchNumbers[]) =>
  of
    .slice(0, 12)
    .map((b) => b.name)
    .join('、') + (of.length > 12 ? `等 ${of.length} 个` : '')

const Can = z.record(z.string(), z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })]))

export const BulletinCard = z.object({
  id: z.string(),
  orgId: z.string(),
  orgName: z.string(),
  title: z.string(),
  from: z.string(),
  to: z.string(),
  state: BulletinState,
  docNo: z.string().nullable(),
  issuedOn: z.string().nullable(),
})
export type BulletinCard = z.output<typeof BulletinCard>

export const BulletinView = BulletinCard.extend({
  body: z.string(),
  withdrawnWhy: z.string().nullable(),
  numbers: Numbers,
  version: z.int(),
  can: Can,
})
export type BulletinView = z.output<typeof BulletinView>
