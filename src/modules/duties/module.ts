import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { dutyFacts } from './contract.ts'
import { adoptCentralRules } from './install.ts'
import { dutiesMet } from './measures.ts'
import { askExemption, decideExemption, exemptionRequests } from './operations/exemptionRequests.ts'
import { exempt, exemptions, withdrawExemption } from './operations/exemptions.ts'
import { findings } from './operations/findings.ts'
import { grid, gridCount, gridExport } from './operations/grid.ts'
import { overview } from './operations/overview.ts'
import { previewRule } from './operations/preview.ts'
import { now, year } from './operations/reading.ts'
import { reminderCount, reminders } from './operations/reminders.ts'
import { adoptRule, endRule, rules, verifyRule } from './operations/rules.ts'
import { why } from './operations/why.ts'

export const duties = defineModule({
  name: 'duties',
  operations: [
    now,
    year,
    grid,
    gridCount,
    gridExport,
    overview,
    reminders,
    reminderCount,
    findings,
    why,
    rules,
    previewRule,
    adoptRule,
    endRule,
    verifyRule,
    exemptions,
    exempt,
    withdrawExemption,
    exemptionRequests,
    askExemption,
    decideExemption,
  ],
  capabilities: {
    'duties.read': { title: '看应办事项', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS, 'partyMember', 'evaluator'] },
    'duties.ask': { title: '请上级豁免应办事项', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'duties.manage': { title: '管应办规则与豁免', roles: [...OFFICE_WORKERS] },
  },
  facts: dutyFacts,
  measures: [dutiesMet],
  install: adoptCentralRules,
  migrations: new URL('./migrations/', import.meta.url),
})
