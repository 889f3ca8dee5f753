import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { get, thumbnail } from './operations/get.ts'
import { send } from './operations/send.ts'

/** Files kept with the records of other modules; this one knows no record, only with which capability it is read. */
export const files = defineModule({
  name: 'files',
  operations: [send, get, thumbnail],
  capabilities: {
    'files.send': { title: '上传附件', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'groupLeader', 'partyMember'] },
  },
  migrations: new URL('./migrations/', import.meta.url),
})
