import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { evaluationFacts } from './contract.ts'
import type { Declared } from './known.ts'
import { evaluateGiven } from './operations/evaluating.ts'

/** The evaluation is built last, from what the other modules declare. */
export const evaluationOf = (declared: Declared) =>
  defineModule({
    name: 'evaluation',
    operations: [evaluateGiven(declared)],
    capabilities: {
      'evaluation.read': { title: '看考核结果', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'evaluator'] },
      'evaluation.enter': { title: '填报考核数据', roles: [...OFFICE_WORKERS, 'evaluator'] },
      'evaluation.manage': { title: '管考核方案', roles: [...OFFICE_WORKERS] },
    },
    facts: evaluationFacts,
    migrations: new URL('./migrations/', import.meta.url),
  })
