import { sql } from 'kysely'
import { z } from 'zod'
import { conflict } from '#kernel/errors.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { retract } from '#ledger/facts.ts'
import { lockPerson } from '#modules/members/published.ts'
import { CorrectionReason } from '#modules/organisation/contract.ts'
import { asIfNever } from '../rights.ts'
import { lockedRecord, type Stored } from '../store.ts'
import { assertCurrent, mayChange } from './change.ts'
import { endingsOf } from './endings.ts'

export const reopen = command('merits.reopen', {
  title: '撤回登记有误的恢复权利或撤销处分',
  input: z.object({ id: z.uuid(), version: z.int(), reason: CorrectionReason }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: lockedRecord,
  may: mayChange,
  run: async (ctx, { reason, version }, r) => {
    assertCurrent(r, version)
    const endings = r.ended_why === 'withdrawn' ? [] : await endingsOf(ctx, r)
    const last = endings.pop()
    if (!last) throw conflict('not-ended', '这条处分没有登记恢复权利或撤销，不用撤回，请刷新后再看')
    await lockPerson(ctx, r.person_id)
    retract(ctx, { orgId: r.org_id, factId: last.id, kind: 'sanction.ended', reason })
    const before = endings.at(-1)
    let rights = r.rights_facts
    // The first fact suspended the rights; what follows it gave them back.
    if (!before && rights.length > 0) {
      await asIfNever(ctx, r.person_id, rights.slice(1))
      rights = rights.slice(0, 1)
    }
    const stands = before ?? { why: null, on: null, until: await imposedUntil(ctx, r) }
    await sql`update merits.record set ended_on = ${stands.on}, ended_why = ${stands.why}, until = ${stands.until},
      end_doc_no = ${before ? sql`restored_doc_no` : null}, restored_doc_no = null, rights_facts = ${rights}, version = version + 1
      where org_id = ${r.org_id} and id = ${r.id}`.execute(ctx.db)
    return { id: r.id, version: version + 1 }
  },
})

async function imposedUntil({ db }: Ctx, { org_id, given_fact }: Stored): Promise<string> {
  const { rows } = await sql<{ until: string }>`select body ->> 'until' as until from ledger.fact
    where org_id = ${org_id} and id = ${given_fact}`.execute(db)
  return rows[0]!.until
}
