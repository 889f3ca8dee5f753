import { dateAt } from '#kernel/civilDate.ts'
import { defineModule } from '#kernel/module.ts'
import { about } from './about.ts'
import { organisationChapters } from './chapters.ts'
import { OFFICE_WORKERS, organisationFacts, SECRETARIES } from './contract.ts'
import { orgFinder } from './finder.ts'
import { organisationsAsObjects } from './objects.ts'
import { correctChangeOperation, correctFoundingOperation, correctPostOperation, correctTermOperation } from './operations/correct.ts'
import { orgImport } from './operations/import.ts'
import { appointOperation, beginTermOperation, endPostOperation, extendTermOperation } from './operations/posts.ts'
import { findOrgs, get, tree } from './operations/read.ts'
import { dissolve, found, merge, move, rename } from './operations/structure.ts'
import {
  coverOperation,
  dissolveUnitOperation,
  foundUnitOperation,
  moveUnitOperation,
  renameUnitOperation,
  uncoverOperation,
  unitTree,
} from './operations/units.ts'
import { rolesByPost } from './roles.ts'
import { PARTY, refreshPaths, UNITS } from './trees.ts'

export const organisation = defineModule({
  name: 'organisation',
  operations: [
    tree,
    get,
    findOrgs,
    ...orgImport,
    found,
    rename,
    move,
    merge,
    dissolve,
    appointOperation,
    endPostOperation,
    beginTermOperation,
    extendTermOperation,
    correctFoundingOperation,
    correctChangeOperation,
    correctPostOperation,
    correctTermOperation,
    unitTree,
    foundUnitOperation,
    renameUnitOperation,
    moveUnitOperation,
    dissolveUnitOperation,
    coverOperation,
    uncoverOperation,
  ],
  capabilities: {
    'organisation.read': {
      title: '看组织架构',
      roles: [...SECRETARIES, ...OFFICE_WORKERS, 'partyMember', 'evaluator', 'disciplineCommissioner'],
    },
    'organisation.manage': { title: '管组织架构与任职', roles: [...OFFICE_WORKERS] },
  },
  facts: organisationFacts,
  finders: [orgFinder],
  objects: organisationsAsObjects,
  roles: rolesByPost,
  install: async ({ db, now }) => {
    for (const tree of [PARTY, UNITS]) await refreshPaths(db, tree, dateAt(now))
  },
  about,
  chapters: organisationChapters,
  migrations: new URL('./migrations/', import.meta.url),
})
