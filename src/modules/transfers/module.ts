import { conflict } from '#kernel/errors.ts'
import { defineModule } from '#kernel/module.ts'
import { onDoor } from '#modules/members/published.ts'
import { BRANCH_WORKERS, OFFICE_WORKERS } from '#modules/organisation/contract.ts'
import { about } from './about.ts'
import { transferFacts } from './contract.ts'
import { transferMeasures } from './measures.ts'
import { apart } from './operations/apart.ts'
import { clashes } from './operations/clashes.ts'
import { letter, receipt } from './operations/documents.ts'
import { destinations, get, list, mine, ofMember } from './operations/read.ts'
import { correctDay, enterReceipt, giveBack, receive, refuseIfComing, reissue, send, takeIn, withdraw } from './operations/steps.ts'
import { openTransferOf } from './store.ts'

onDoor({
  leaving: async ({ db }, personId) => {
    const open = await openTransferOf(db, personId)
    if (open)
      throw conflict('transfer-open', `${open.name}的组织关系 ${open.sentOn} 已转往${open.toName}，还没有办结；请先在组织关系转接里撤回`)
  },
  entering: (ctx, { orgId, name }) => refuseIfComing(ctx, orgId, name),
})

export const transfers = defineModule({
  name: 'transfers',
  operations: [
    list,
    get,
    mine,
    ofMember,
    destinations,
    clashes,
    apart,
    send,
    receive,
    giveBack,
    withdraw,
    reissue,
    enterReceipt,
    takeIn,
    correctDay,
    letter,
    receipt,
  ],
  capabilities: {
    'transfers.read': { title: '看组织关系转接', roles: [...BRANCH_WORKERS, ...OFFICE_WORKERS] },
    'transfers.manage': {
      title: '办组织关系转接',
      roles: ['partySecretary', 'deputySecretary', 'organizationCommissioner', ...OFFICE_WORKERS],
    },
  },
  facts: transferFacts,
  measures: transferMeasures,
  about,
  migrations: new URL('./migrations/', import.meta.url),
})
