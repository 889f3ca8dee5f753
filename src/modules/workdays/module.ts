import { defineModule } from '#kernel/module.ts'
import { OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { workdayFacts } from './contract.ts'
import { seedYears } from './install.ts'
import { dayAfter, holidaysOfYear, setYear } from './operations.ts'

export const workdays = defineModule({
  name: 'workdays',
  operations: [holidaysOfYear, dayAfter, setYear],
  capabilities: {
    'workdays.manage': { title: '登记放假与调休', roles: OFFICE_WORKERS },
  },
  facts: workdayFacts,
  install: seedYears,
  migrations: new URL('./migrations/', import.meta.url),
})
