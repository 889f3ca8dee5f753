import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { evaluationFacts } from './contract.ts'
import type { Declared } from './known.ts'
import { appeals, decideAppeal, fileAppeal, withdrawAppeal } from './operations/appeals.ts'
import { distribution } from './operations/distribution.ts'
import { checkScheme, copyShipped, importScheme, saveScheme } from './operations/drafts.ts'
import { enterValue, entries, missingEntries, takeBackValue } from './operations/entries.ts'
import { evaluateGiven } from './operations/evaluating.ts'
import { measure } from './operations/measure.ts'
import { progress } from './operations/progress.ts'
import { publishScheme, withdrawScheme } from './operations/publishing.ts'
import { recalculateRun, recalculation } from './operations/recalculating.ts'
import { recusals } from './operations/recusals.ts'
import { cases, result } from './operations/results.ts'
import { preview, publishRun, runs } from './operations/runs.ts'
import { scheme, schemes, schemeYaml } from './operations/schemes.ts'
import { selfCheck, selfCheckSetting } from './operations/selfCheck.ts'
import { announceRun, finaliseRun, resolveRun } from './operations/settling.ts'
import { whatIf } from './operations/whatIf.ts'
import { resultWorkbook } from './operations/workbook.ts'

/** The evaluation is built last, from what the other modules declare. */
export const evaluationOf = (declared: Declared) =>
  defineModule({
    name: 'evaluation',
    operations: [
      schemes,
      scheme(declared),
      schemeYaml,
      checkScheme(declared),
      saveScheme(declared),
      copyShipped(declared),
      importScheme(declared),
      publishScheme(declared),
      withdrawScheme,
      whatIf(declared),
      evaluateGiven(declared),
      enterValue(declared),
      takeBackValue,
      entries,
      missingEntries(declared),
      measure(declared),
      preview(declared),
      progress,
      publishRun(declared),
      fileAppeal,
      withdrawAppeal,
      decideAppeal,
      appeals,
      recalculation(declared),
      recalculateRun(declared),
      resolveRun,
      announceRun,
      finaliseRun,
      runs,
      result(declared),
      cases(declared),
      distribution,
      resultWorkbook(declared),
      recusals,
      selfCheck,
      selfCheckSetting,
    ],
    capabilities: {
      'evaluation.read': { title: '看考核结果', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'evaluator'] },
      'evaluation.enter': { title: '填报考核数据', roles: [...OFFICE_WORKERS, 'evaluator'] },
      'evaluation.appeal': { title: '对考核结果申诉', roles: [...BRANCH_WORKERS] },
      'evaluation.decide': { title: '复核申诉', roles: [...OFFICE_WORKERS, 'evaluator'] },
      'evaluation.manage': { title: '管考核方案', roles: [...OFFICE_WORKERS] },
    },
    facts: evaluationFacts,
    migrations: new URL('./migrations/', import.meta.url),
  })
