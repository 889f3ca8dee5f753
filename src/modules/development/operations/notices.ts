import { sql } from 'kysely'
import { z } from 'zod'
import { addDays, dateAt } from '#kernel/civilDate.ts'
import { conflict, invalid } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { addWorkingDays, unknownYears, workingDaysBetween } from '#modules/workdays/contract.ts'
import { workdaysOf } from '#modules/workdays/published.ts'
import { noticesOf } from '../beside.ts'
import { LEAST_NOTICE_DAYS, NOTICES, NoticeAboutKey, NoticeResultKey } from '../contract.ts'
import { isDone } from '../course.ts'
import { mayManage } from '../policy.ts'
import { type CourseRow, locked, record, viewOf } from '../store.ts'
import { assertFresh } from './take.ts'

const Step = { id: z.uuid(), version: z.int() }

export const postNotice = command('development.postNotice', {
  title: '登记发展党员公示',
  input: z.object({
    ...Step,
    about: NoticeAboutKey,
    from: z.iso.date(),
    /** The last day; left out, the day on which the working days asked for are full. */
    until: z.iso.date().optional(),
    /** Where it hangs or stands. */
    place: z.string().trim().min(2, '请写公示在哪里').max(100),
  }),
  output: z.object({ id: z.uuid(), version: z.int(), until: z.string(), says: z.string() }),
  load: locked,
  may: mayManage,
  run: async (ctx, { version, about, from, place, ...given }, row) => {
    assertFresh(version, row)
    if (from > dateAt(ctx.now)) throw invalid('ahead', '公示开始以后再登记，请填今天或以前', { from: ['不能晚于今天'] })
    const { course } = await viewOf(ctx, row)
    const { title, before } = NOTICES[about]
    if (isDone(course, before)) throw conflict('past-that', `第 ${before} 步已经办过，不用再登记${title}`)
    if (course.notices?.some((n) => n.about === about && n.result === null))
      throw conflict('posted-already', `${title}已经登记，还没有结果`)
    const known = await workdaysOf(ctx.db)
    const least = course.local?.notice?.days ?? LEAST_NOTICE_DAYS
    const full = addWorkingDays(known, addDays(from, -1), least)
    const until = given.until ?? full
    const days = until < from ? 0 : workingDaysBetween(known, addDays(from, -1), until)
    if (days < least)
      throw invalid('notice-short', `公示应不少于 ${least} 个工作日，${from} 起要到 ${full}`, { until: [`请填 ${full} 或以后`] })
    const body = { about, until, workingDays: days }
    record(ctx, 'development.noticePosted', { subject: row.id, orgId: row.org_id, personId: row.person_id, happenedOn: from, body })
    await sql`insert into development.notice (org_id, id, course_id, about, from_on, until_on, working_days, place, version)
      values (${row.org_id}, ${newId()}, ${row.id}, ${about}, ${from}, ${until}, ${days}, ${place}, 1)`.execute(ctx.db)
    const years = unknownYears(known, from, until)
    const says = `公示 ${days} 个工作日${years.length > 0 ? `；${years.join('、')} 年放假安排还没有录入，只按星期算` : ''}`
    return { id: row.id, version: await advance(ctx, row), until, says }
  },
})

export const closeNotice = command('development.closeNotice', {
  title: '登记公示的结果',
  input: z.object({
    ...Step,
    noticeId: z.uuid(),
    result: NoticeResultKey,
    on: z.iso.date(),
    /** What was said and what was found; of a mistake, what was wrong. */
    note: z.string().trim().max(500).default(''),
  }),
  output: z.object({ id: z.uuid(), version: z.int() }),
  load: locked,
  may: mayManage,
  run: async (ctx, { version, noticeId, result, on, note }, row) => {
    assertFresh(version, row)
    const notice = (await noticesOf(ctx.db, row.person_id)).find((n) => n.id === noticeId && n.orgId === row.org_id)
    if (!notice || notice.result !== null) throw conflict('closed-already', '这次公示已经登记了结果，请刷新后再看')
    if (on > dateAt(ctx.now)) throw invalid('ahead', '日期在今天以后', { on: ['不能晚于今天'] })
    if (result !== 'cancelled' && on <= notice.until)
      throw invalid('notice-runs', `公示到 ${notice.until}，期满以后才能登记结果`, { on: [`请填 ${addDays(notice.until, 1)} 或以后`] })
    if (result !== 'none' && note.length < 2) throw invalid('note-missing', '请写明反映了什么、怎样核查的', { note: ['请写明情况'] })
    const body = { about: notice.about, result }
    record(ctx, 'development.noticeClosed', { subject: row.id, orgId: row.org_id, personId: row.person_id, happenedOn: on, body })
    await sql`update development.notice set result = ${result}, result_on = ${on}, result_note = ${note}, version = version + 1
      where org_id = ${row.org_id} and id = ${noticeId}`.execute(ctx.db)
    return { id: row.id, version: await advance(ctx, row) }
  },
})

/** The course counts one step further, so that nobody writes over what they have not seen. */
export async function advance(ctx: Ctx, row: CourseRow): Promise<number> {
  await sql`update development.course set version = version + 1 where org_id = ${row.org_id} and id = ${row.id}`.execute(ctx.db)
  return row.version + 1
}
