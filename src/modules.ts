/** Every module of the platform. To add one: a folder in `modules/` and a line here. */
export { duties } from '#modules/duties/module.ts'
export { files } from '#modules/files/module.ts'
export { identity } from '#modules/identity/module.ts'
export { ledger } from '#modules/ledger/module.ts'
export { meetings } from '#modules/meetings/module.ts'
export { members } from '#modules/members/module.ts'
export { organisation } from '#modules/organisation/module.ts'
export { workdays } from '#modules/workdays/module.ts'
