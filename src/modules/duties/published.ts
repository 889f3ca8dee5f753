export { openDutiesOf } from './openDuties.ts'
export { remindDuties } from './remind.ts'
