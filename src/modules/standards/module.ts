import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { standardFacts } from './contract.ts'
import { itemsMet, overhaulsDone, projectsEnded } from './measures.ts'
import { mark, setProject } from './operations/change.ts'
import { checklist } from './operations/checklist.ts'
import { beginOverhaul, extendOverhaul, giveMeasure, passOverhaul, sayOverhaul, withdrawOverhaul } from './operations/overhaul.ts'
import { overhaul, overhauls } from './operations/overhauls.ts'
import { structure } from './operations/structure.ts'
import { setWeakRule, weakFound, weakRule } from './operations/weak.ts'

/** Whether organisations are set up as the rules say, temporary ones with their end, and the check-list of a branch. No ranking, ever. */
export const standards = defineModule({
  name: 'standards',
  operations: [
    structure, checklist, setProject, mark, weakRule, setWeakRule, weakFound, overhauls, overhaul, beginOverhaul, giveMeasure,
    sayOverhaul, extendOverhaul, passOverhaul, withdrawOverhaul,
  ], // biome-ignore format: one list
  capabilities: {
    'standards.read': { title: '看设置检查和标准化', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'standards.mark': { title: '登记标准化检查项目', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'standards.overhaul': { title: '认定和整顿软弱涣散支部', roles: [...SECRETARIES, ...OFFICE_WORKERS] },
    'standards.manage': { title: '登记临时、联合支部的任务期限', roles: [...OFFICE_WORKERS] },
  },
  facts: standardFacts,
  measures: [projectsEnded, itemsMet, overhaulsDone],
  about,
  migrations: new URL('./migrations/', import.meta.url),
})
