import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { onEndingOfOrg, onFoundingCorrected, onSeeingPerson } from '#modules/organisation/published.ts'
import { about } from './about.ts'
import { memberChapters } from './chapters.ts'
import { memberFacts } from './contract.ts'
import { findMembers } from './finder.ts'
import { rosterFollows, seenOnRoster, startsFollow } from './follow.ts'
import { askExport, exportState } from './operations/askExport.ts'
import { convert, enrol, leave, restore, suspend, transferOperation } from './operations/changes.ts'
import { correct } from './operations/correct.ts'
import { rosterExport } from './operations/export.ts'
import { edit, findByIdNumber, get, reveal } from './operations/file.ts'
import { rosterImport } from './operations/import.ts'
import { roster } from './operations/roster.ts'
import { headcounts, setupHints } from './operations/setup.ts'
import { rolesByMembership } from './roles.ts'

onEndingOfOrg(rosterFollows)
onFoundingCorrected(startsFollow)
onSeeingPerson(seenOnRoster)

export const members = defineModule({
  name: 'members',
  operations: [
    roster,
    get,
    reveal,
    edit,
    correct,
    findByIdNumber,
    exportState,
    askExport,
    rosterExport,
    headcounts,
    setupHints,
    enrol,
    convert,
    transferOperation,
    leave,
    suspend,
    restore,
    ...rosterImport,
  ],
  capabilities: {
    'members.read': { title: '看党员名册', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'members.manage': { title: '管党员名册', roles: ['partySecretary', 'deputySecretary', 'organizationCommissioner', ...OFFICE_WORKERS] },
  },
  facts: memberFacts,
  finders: [findMembers],
  roles: rolesByMembership,
  about,
  chapters: memberChapters,
  migrations: new URL('./migrations/', import.meta.url),
})
