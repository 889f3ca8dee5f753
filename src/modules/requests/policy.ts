import type { Actor } from '#kernel/actor.ts'
import { all, forbidden, type Verdict } from '#kernel/errors.ts'
import { type RequestState, type RequestStep, requestLife } from './contract.ts'
import type { Seen } from './find.ts'

type Placed = Pick<Seen, 'state' | 'kind' | 'path' | 'to_path' | 'to_kind' | 'sent_by' | 'sent_account' | 'about_id'>

/** Who may take which step, and when. Asked before acting and shown to the reader as `can`. */
export const policy: Record<RequestStep, (a: Actor, r: Placed) => Verdict> = {
  register: (a, r) => all(answers(a, r), allows(r.state, 'register')),
  answer: (a, r) => all(answers(a, r), isAnother(a, r), allows(r.state, 'answer')),
  correct: (a, r) => all(answers(a, r), isAnother(a, r), allows(r.state, 'correct')),
  resend: (a, r) => all(a.holds('requests.send', r.path), allows(r.state, 'resend')),
  withdraw: (a, r) => all(a.holds('requests.send', r.path), allows(r.state, 'withdraw')),
}

/** For each step true, or why not. */
export const abilities = (a: Actor, r: Placed): Record<string, true | { code: string; message: string }> =>
  Object.fromEntries(
    Object.entries(policy).map(([step, may]) => {
      const verdict = may(a, r)
      return [step, verdict === true ? true : { code: verdict.code, message: verdict.message }]
    }),
  )

const allows = (state: RequestState, step: RequestStep) => requestLife.allows(state, step as never)

/** A 廉政意见 is given by the 纪检委员 of the organisation asked, or by its 纪委. */
const answers = (a: Actor, r: Placed): Verdict =>
  r.kind === 'integrityOpinion' && r.to_kind !== 'disciplineCommittee'
    ? a.holds('requests.giveOpinion', r.to_path)
    : a.holds('requests.answer', r.to_path)

/** Nobody answers what they sent themselves, nor what is about them. */
function isAnother(a: Actor, r: Placed): Verdict {
  const sender = (a.personId !== null && a.personId === r.sent_by) || (a.accountId !== null && a.accountId === r.sent_account)
  if (sender) return forbidden('own-request', '这份请示是你报送的，请由上级的另一位同志答复')
  if (a.personId !== null && a.personId === r.about_id) return forbidden('about-oneself', '这份请示是关于你本人的，请由另一位同志答复')
  return true
}
