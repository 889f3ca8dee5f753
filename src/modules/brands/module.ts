import { defineModule } from '#kernel/module.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS, SECRETARIES } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { brandFacts } from './contract.ts'
import { begin, edit, get, link, list, records, review, unlink, withdraw } from './operations.ts'

/** 一支部一特色一品牌: a plan, the records that show it, a review each year, and withdrawal where nothing is done. */
export const brands = defineModule({
  name: 'brands',
  operations: [list, get, records, begin, edit, link, unlink, review, withdraw],
  capabilities: {
    'brands.read': { title: '看支部品牌', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'brands.manage': { title: '创建支部品牌', roles: [...BRANCH_WORKERS] },
    'brands.review': { title: '评议和撤下支部品牌', roles: [...SECRETARIES, ...OFFICE_WORKERS] },
  },
  facts: brandFacts,
  about,
  migrations: new URL('./migrations/', import.meta.url),
})
