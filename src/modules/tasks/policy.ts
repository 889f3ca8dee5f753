import type { Actor } from '#kernel/actor.ts'
import { all, conflict, forbidden, type Verdict } from '#kernel/errors.ts'
import { HAND_OFFS, taskLife } from './contract.ts'
import type { CoOwnerRow, Task } from './tables.ts'

/** A task with the places today of whoever has to do with it. */
export type Placed = Task & { lead_path: string; giver_path: string; home_path: string; above_path: string | null }

/** Does the actor hold the capability by a post in this very organisation, not above it? */
const at = (a: Actor, capability: string, orgId: string) => a.grantsOf(capability).some((g) => g.orgId === orgId)
const isSelf = (a: Actor, personId: string | null) => a.personId !== null && a.personId === personId

export const isLead = (a: Actor, t: Placed): boolean => isSelf(a, t.lead_id) || at(a, 'tasks.work', t.lead_org_id)

const leads = (a: Actor, t: Placed): Verdict => isLead(a, t) || forbidden('not-lead', '这件事由牵头的人或牵头组织的委员办，你不是牵头方')

const gives = (a: Actor, t: Placed): Verdict =>
  isSelf(a, t.given_by) || a.holds('tasks.give', t.giver_path) === true || forbidden('not-giver', '这一步由交办方办理')

const askedNothing = (t: Placed): Verdict => t.asked_due_on === null || conflict('extension-open', '已经申请延期，等交办方答复')

/** Who may do what to a task, and when. Asked before acting and shown to the reader as `can`. */
export const policy = {
  receive: (a: Actor, t: Placed) => all(taskLife.allows(t.state, 'receive' as never), leads(a, t)),
  plan: (a: Actor, t: Placed) => all(taskLife.allows(t.state, 'plan' as never), leads(a, t)),
  note: (a: Actor, t: Placed) => all(taskLife.allows(t.state, 'note' as never), leads(a, t)),
  assign: (a: Actor, t: Placed) =>
    all(
      taskLife.allows(t.state, 'assign' as never),
      at(a, 'tasks.work', t.lead_org_id) || forbidden('not-in-lead-org', '由牵头组织的书记或委员指定谁来办'),
    ),
  submit: (a: Actor, t: Placed) =>
    all(
      taskLife.allows(t.state, 'submit'),
      t.source !== 'deployment' || t.state === 'planned' || conflict('plan-first', '上级部署要先写怎么落实，再报结果'),
      leads(a, t),
    ),
  verify: (a: Actor, t: Placed) => all(taskLife.allows(t.state, 'verify'), gives(a, t), notOwn(a, t)),
  return: (a: Actor, t: Placed) => all(taskLife.allows(t.state, 'return'), gives(a, t), notOwn(a, t)),
  askExtension: (a: Actor, t: Placed) =>
    all(
      taskLife.allows(t.state, 'askExtension' as never),
      t.due_on !== null || conflict('no-term', '这件事没有时限，不用延期'),
      askedNothing(t),
      leads(a, t),
    ),
  decideExtension: (a: Actor, t: Placed) =>
    all(
      taskLife.allows(t.state, 'decideExtension' as never),
      t.asked_due_on !== null || conflict('no-extension-asked', '没有等着答复的延期申请'),
      gives(a, t),
      !isSelf(a, t.asked_by) || forbidden('own-extension', '延期由交办方另一个人答复，不能自己批自己的'),
    ),
  handOff: (a: Actor, t: Placed) => all(taskLife.allows(t.state, 'handOff' as never), leads(a, t)),
  settle: (a: Actor, t: Placed) =>
    all(
      taskLife.allows(t.state, 'settle'),
      (t.above_path !== null && a.holds('tasks.give', t.above_path) === true) ||
        forbidden('not-above', `已经转了 ${HAND_OFFS} 次，由上级定责任方`),
    ),
  cancel: (a: Actor, t: Placed) => all(taskLife.allows(t.state, 'cancel'), gives(a, t)),
  checkEffect: (a: Actor, t: Placed) =>
    all(
      taskLife.allows(t.state, 'checkEffect'),
      t.effect_on !== null || conflict('no-effect-check', '验收时没有约定看成效'),
      t.effect_holds === null || conflict('effect-checked', '成效已经看过了'),
      gives(a, t),
    ),
  reopen: (a: Actor, t: Placed) => all(taskLife.allows(t.state, 'reopen'), gives(a, t)),
  askHelp: (a: Actor, t: Placed) => all(taskLife.allows(t.state, 'note' as never), leads(a, t) === true || gives(a, t)),
  label: (a: Actor, t: Placed) =>
    a.grantsOf('tasks.label').some((g) => g.path.length < t.lead_path.length && t.lead_path.startsWith(g.path)) ||
    forbidden('label-from-above', '作风问题由上级纪检人员调查后认定'),
  withdrawLabel: (a: Actor, t: Placed) =>
    all(
      t.label !== null || conflict('no-label', '没有可以撤回的认定'),
      isSelf(a, t.label_by) || forbidden('not-own-label', '谁认定的由谁撤回，你不是认定人'),
    ),
}
export type TaskStep = keyof typeof policy

/** The actor answers for the co-owner: as that person, or by a post in that organisation. */
export const mayAnswer = (a: Actor, c: CoOwnerRow): Verdict =>
  all(
    c.state === 'asked' || conflict('answered', '已经答复过了'),
    (c.co_id ? isSelf(a, c.co_id) : at(a, 'tasks.work', c.co_org_id)) || forbidden('not-asked', '由被邀请协办的一方答复'),
  )

/** For each step true, or why not. */
export const abilities = (a: Actor, t: Placed) => Object.fromEntries(Object.entries(policy).map(([step, may]) => [step, shown(may(a, t))]))

export const shown = (verdict: Verdict): true | { code: string; message: string } =>
  verdict === true ? true : { code: verdict.code, message: verdict.message }

/** Who works on it, gave it, or reads the records of an organisation it went through. */
export const sees = (a: Actor, t: Placed, co: readonly CoOwnerRow[]): boolean =>
  isSelf(a, t.lead_id) ||
  isSelf(a, t.given_by) ||
  [t.lead_path, t.giver_path, t.home_path, t.above_path].some((path) => path !== null && a.holds('tasks.read', path) === true) ||
  co.some((c) => (c.co_id ? isSelf(a, c.co_id) : at(a, 'tasks.work', c.co_org_id)))

const notOwn = (a: Actor, t: Placed): Verdict =>
  (!isSelf(a, t.submitted_by) && !isSelf(a, t.lead_id)) || forbidden('verify-own', '自己办的事要由另一个人验收')
