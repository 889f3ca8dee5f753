export { type ActionRef, actionsSettledIn, type MeetingRef, onMeetingCancelled, onMeetingSigned, openActionsIn, settleAction } from './actions.ts'
