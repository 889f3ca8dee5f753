/** Every module of the platform. To add one: a folder in `modules/` and a line here. */
export { members } from '#modules/members/module.ts'
export { organisation } from '#modules/organisation/module.ts'
