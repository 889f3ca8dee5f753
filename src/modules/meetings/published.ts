export { type ActionRef, actionsSettledIn, onMeetingCancelled, onMeetingSigned, openActionsIn, settleAction } from './actions.ts'
