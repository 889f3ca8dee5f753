import { importOperations } from '#kernel/importOperations.ts'
import { importRoster } from '../import/importRoster.ts'

export const rosterImport = importOperations({
  module: 'members',
  run: 'importRoster',
  what: '党员花名册',
  capability: 'members.manage',
  importFile: importRoster,
})
