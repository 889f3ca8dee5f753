import type { Actor } from '#kernel/actor.ts'
import { all, conflict, forbidden, type Verdict } from '#kernel/errors.ts'
import { isOwn, type SeenChain } from './find.ts'

const leads = (a: Actor, c: SeenChain): Verdict => isOwn(a, c) || forbidden('not-own', '由本组织的书记、委员和党务干部办理')
const stands = (c: SeenChain): Verdict => c.dropped_reason === null || conflict('dropped', '这一次已经作废')
const before = (c: SeenChain, says: string): Verdict => c.meeting_id === null || conflict('held', says)
const held = (c: SeenChain): Verdict => c.meeting_id !== null || conflict('not-held', '先把开过的会关联上来，再办这一步')

/** Who may take which step, and when. Asked before acting and shown to the reader as `can`. */
export const policy = {
  addOpinions: (a: Actor, c: SeenChain) => all(leads(a, c), stands(c)),
  withdrawOpinion: (a: Actor, c: SeenChain) => all(leads(a, c), stands(c)),
  write: (_a: Actor, c: SeenChain) =>
    all(c.is_mine || forbidden('not-in-chain', '你不在这次会的名单里'), stands(c), before(c, '会已经开过。要补充的，请写入会议记录')),
  handIn: (a: Actor, c: SeenChain) => all(leads(a, c), stands(c)),
  link: (a: Actor, c: SeenChain) => all(leads(a, c), stands(c), before(c, '已经关联了会议。关联错了的，先取消关联')),
  unlink: (a: Actor, c: SeenChain) => all(leads(a, c), held(c)),
  list: (a: Actor, c: SeenChain) => all(leads(a, c), stands(c), held(c)),
  report: (a: Actor, c: SeenChain) =>
    all(leads(a, c), stands(c), held(c), c.kind === 'democraticLifeMeeting' || conflict('no-report', '组织生活会不用专门上报')),
  drop: (a: Actor, c: SeenChain) => all(leads(a, c), stands(c), before(c, '会已经开过，不能作废；关联错了的，先取消关联')),
}
export type ChainStep = keyof typeof policy

/** For each step true, or why not. */
export const abilities = (a: Actor, c: SeenChain): Record<string, true | { code: string; message: string }> =>
  Object.fromEntries(
    Object.entries(policy).map(([step, may]) => {
      const verdict = may(a, c)
      return [step, verdict === true ? (true as const) : { code: verdict.code, message: verdict.message }]
    }),
  )
