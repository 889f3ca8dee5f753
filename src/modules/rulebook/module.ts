import { defineModule } from '#kernel/module.ts'
import { readersOf } from '#modules/files/published.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { rulebookFacts } from './contract.ts'
import { boundRead } from './find.ts'
import { reviewedInTime } from './measures.ts'
import { enact, repeal, review, revise } from './operations/change.ts'
import { exportList, get, list } from './operations/read.ts'
import { regulationTexts } from './texts.ts'

readersOf('rulebook.edition', boundRead)

/** The register of a unit's own regulations: enacted, revised, repealed, looked through in time, and where the system applies them. */
export const rulebook = defineModule({
  name: 'rulebook',
  operations: [list, get, exportList, enact, revise, repeal, review],
  capabilities: {
    'rulebook.read': { title: '看制度', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'partyMember', 'evaluator'] },
    'rulebook.manage': { title: '登记制度的立、改、废', roles: [...SECRETARIES, ...OFFICE_WORKERS] },
  },
  facts: rulebookFacts,
  measures: [reviewedInTime],
  texts: [regulationTexts],
  migrations: new URL('./migrations/', import.meta.url),
})
