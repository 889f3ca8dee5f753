export { remindDuties } from './remind.ts'
