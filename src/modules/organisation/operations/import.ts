import { importOperations } from '#kernel/importOperations.ts'
import { importOrgs } from '../import/importOrgs.ts'

export const orgImport = importOperations({
  module: 'organisation',
  run: 'importOrgs',
  what: '党组织',
  capability: 'organisation.manage',
  importFile: importOrgs,
})
