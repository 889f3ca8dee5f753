import { importOperations } from '#kernel/importOperations.ts'
import { importMeetings } from '../import/importMeetings.ts'

export const ledgerImport = importOperations({
  module: 'meetings',
  run: 'importLedger',
  what: '会议台账',
  capability: 'meetings.import',
  importFile: importMeetings,
})
