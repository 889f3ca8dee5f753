export {
  type ActionRef,
  actionsSettledIn,
  type MeetingRef,
  onMeetingCancelled,
  onMeetingSigned,
  onVotesMoved,
  openActionsIn,
  settleAction,
  type VoteMoved,
} from './actions.ts'
export { type AdmissionVote, admissionVotes } from './admissions.ts'
export { type Attended, meetingsAttended } from './attended.ts'
export { type AgreedCount, countOf, type NewCount, openCount } from './counting/open.ts'
export { type HeldMeeting, heldMeeting, heldOf } from './heldOf.ts'
export { type PlanLine, plansOf } from './planning/published.ts'
