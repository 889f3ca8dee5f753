import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { command } from '#kernel/operation.ts'
import { endDeveloping } from '#modules/members/published.ts'
import { isDone, probationUntil, Stop } from '../contract.ts'
import { mayManage } from '../policy.ts'
import { locked, record, viewOf } from '../store.ts'
import { assertFresh } from './take.ts'

const Done = z.object({ id: z.uuid(), version: z.int() })

export const stop = command('development.stop', {
  title: '停止发展',
  input: z.object({ id: z.uuid(), version: z.int(), reason: Stop, on: z.iso.date(), note: z.string().trim().min(2).max(500) }),
  output: Done,
  load: locked,
  may: mayManage,
  run: async (ctx, { version, reason, on, note }, row) => {
    assertFresh(version, row)
    if (on > dateAt(ctx.now)) throw invalid('ahead', '日期在今天以后', { on: ['不能晚于今天'] })
    const { course } = await viewOf(ctx, row)
    const onProbation = isDone(course, 17)
    if (isDone(course, 24)) throw conflict('full-already', '已经转正，不能再停止发展')
    if (onProbation !== (reason === 'disqualified') && reason !== 'left')
      throw invalid('reason', onProbation ? '预备党员只能取消预备党员资格' : '还不是预备党员，请选别的原因', { reason: ['请另选原因'] })
    record(ctx, 'development.stopped', { subject: row.id, orgId: row.org_id, personId: row.person_id, happenedOn: on, body: { reason } })
    if (!onProbation || reason === 'disqualified')
      await endDeveloping(ctx, row.person_id, on, onProbation ? 'disqualified' : 'notDeveloped')
    await sql`update development.course set state = 'stopped', stop_reason = ${reason}, stop_note = ${note}, stopped_on = ${on},
        due_on = null, due_no = null, from_on = null, version = version + 1
      where org_id = ${row.org_id} and id = ${row.id}`.execute(ctx.db)
    return { id: row.id, version: row.version + 1 }
  },
})

export const prolong = command('development.prolong', {
  title: '提出延长预备期',
  input: z.object({
    id: z.uuid(),
    version: z.int(),
    on: z.iso.date(),
    months: z.int().min(6, '延长预备期不少于半年').max(12, '延长预备期不超过一年'),
  }),
  output: Done,
  load: locked,
  may: mayManage,
  run: async (ctx, { version, on, months }, row) => {
    assertFresh(version, row)
    const { course } = await viewOf(ctx, row)
    const until = probationUntil(course)
    if (!until || !isDone(course, 17) || isDone(course, 23)) throw conflict('not-on-probation', '现在不在预备期，不能延长')
    if (row.prolonged_until !== null) throw conflict('prolonged-already', '预备期只能延长一次')
    if (on > dateAt(ctx.now)) throw invalid('ahead', '日期在今天以后', { on: ['不能晚于今天'] })
    await sql`update development.course set prolong_months = ${months}, prolong_on = ${on}, version = version + 1
      where org_id = ${row.org_id} and id = ${row.id}`.execute(ctx.db)
    return { id: row.id, version: row.version + 1 }
  },
})
