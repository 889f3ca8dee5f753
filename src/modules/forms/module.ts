import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { fill, look } from './fill.ts'
import { add, end, get, list, map, renew, sources } from './operations.ts'

export const forms = defineModule({
  name: 'forms',
  operations: [list, get, sources, add, renew, map, end, look, fill],
  capabilities: {
    'forms.read': { title: '从记录填上级的表格', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'forms.manage': { title: '上传空表、对应位置', roles: [...SECRETARIES, 'organizationCommissioner', ...OFFICE_WORKERS] },
  },
  migrations: new URL('./migrations/', import.meta.url),
})
