import type { Actor } from '#kernel/actor.ts'
import { all, forbidden, type Verdict } from '#kernel/errors.ts'
import { COMMITTEE_KINDS, type MeetingKind, type MeetingStep, meetingLife } from './contract.ts'
import type { Meeting } from './tables.ts'

/** A meeting with the place of its organisation today. */
export type Placed = Pick<Meeting, 'org_id' | 'kinds' | 'state' | 'chair_id' | 'recorder_id' | 'submitted_by'> & { path: string }

const records = (a: Actor, m: Placed) => a.holds('meetings.record', m.path)

/** Who may do what to a meeting, and when. Asked before acting and shown to the reader as `can`. */
export const policy: Record<MeetingStep, (a: Actor, m: Placed) => Verdict> = {
  edit: (a, m) => all(records(a, m), meetingLife.allows(m.state, 'edit')),
  sign: (a, m) => all(meetingLife.allows(m.state, 'sign'), maySign(a, m)),
  addendum: (a, m) => all(records(a, m), meetingLife.allows(m.state, 'addendum')),
  correct: (a, m) => all(records(a, m), meetingLife.allows(m.state, 'correct')),
  cancel: (a, m) => all(records(a, m), meetingLife.allows(m.state, 'cancel')),
}

/** For each step true, or why not. */
export const abilities = (a: Actor, m: Placed): Record<string, true | { code: string; message: string }> =>
  Object.fromEntries(
    Object.entries(policy).map(([step, may]) => {
      const verdict = may(a, m)
      return [step, verdict === true ? true : { code: verdict.code, message: verdict.message }]
    }),
  )

/** Does the actor see that this meeting was held? */
export const sees = (a: Actor, m: Placed): boolean =>
  a.holds('meetings.read', m.path) === true || (a.personId !== null && [m.chair_id, m.recorder_id].includes(a.personId))

/** Does the actor also see its text? What a committee said is for the committee and those above it. */
export const seesText = (a: Actor, m: Placed): boolean =>
  !isCommittees(m.kinds) ||
  a.holds('meetings.readCommittee', m.path) === true ||
  (a.personId !== null && [m.chair_id, m.recorder_id].includes(a.personId))

export const isCommittees = (kinds: readonly string[]): boolean => kinds.some((k) => COMMITTEE_KINDS.includes(k as MeetingKind))

/** The chair signs what another person submitted; where one of the two is absent, another member of the same committee stands in. */
function maySign(a: Actor, m: Placed): Verdict {
  if (a.personId === null) return forbidden('sign-in-person', '签字要由本人登录办理')
  if (a.personId === m.submitted_by)
    return forbidden('own-record', '你提交的记录要由另一个人签字：请主持人签；主持人不在的，请另一位委员签')
  if (a.personId === m.chair_id) return true
  if (a.personId === m.recorder_id)
    return m.submitted_by === m.chair_id || forbidden('recorder-signs-not', '记录人不能代主持人签字，请主持人或另一位委员签')
  const inCommittee = a.grantsOf('meetings.sign').some((g) => g.orgId === m.org_id)
  return inCommittee || forbidden('not-in-committee', '只有主持人可以签字；主持人不在的，由本组织的另一位委员签')
}
