export { remindReviews } from './remind.ts'
