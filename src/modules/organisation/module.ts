import { defineModule } from '#kernel/module.ts'
import { OFFICE_WORKERS, organisationFacts, SECRETARIES } from './contract.ts'
import { organisationsAsObjects } from './objects.ts'
import { importOrgsOperation, importProblems } from './operations/import.ts'
import { appointOperation, beginTermOperation, endPostOperation, extendTermOperation } from './operations/posts.ts'
import { dissolve, found, merge, move, rename } from './operations/structure.ts'
import { rolesByPost } from './roles.ts'

export const organisation = defineModule({
  name: 'organisation',
  operations: [
    importOrgsOperation,
    importProblems,
    found,
    rename,
    move,
    merge,
    dissolve,
    appointOperation,
    endPostOperation,
    beginTermOperation,
    extendTermOperation,
  ],
  capabilities: {
    'organisation.read': {
      title: '看组织架构',
      roles: [...SECRETARIES, ...OFFICE_WORKERS, 'partyMember', 'evaluator', 'disciplineCommissioner'],
    },
    'organisation.manage': { title: '管组织架构与任职', roles: [...OFFICE_WORKERS] },
  },
  facts: organisationFacts,
  objects: organisationsAsObjects,
  roles: rolesByPost,
  migrations: new URL('./migrations/', import.meta.url),
})
