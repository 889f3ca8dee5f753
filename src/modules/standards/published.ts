export { remindProjects } from './remind.ts'
