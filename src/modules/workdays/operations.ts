import { sql } from 'kysely'
import { z } from 'zod'
import type { Actor } from '#kernel/actor.ts'
import { dateAt, weekday } from '#kernel/civilDate.ts'
import { json } from '#kernel/database.ts'
import { all, type Fields, forbidden, invalid, stale, type Verdict } from '#kernel/errors.ts'
import { NOWHERE, newId } from '#kernel/id.ts'
import { anyone, type Ctx, command, query } from '#kernel/operation.ts'
import { recorderOf } from '#ledger/facts.ts'
import { addWorkingDays, unknownYears } from './calendar.ts'
import { SpecialDayInput, workdayFacts, Year } from './contract.ts'
import type { SpecialDay } from './notice.ts'
import { workdaysOf } from './published.ts'

const record = recorderOf(workdayFacts)

const YearView = z.object({
  year: z.int(),
  /** False: nobody has entered the holidays of that year; only the week decides. */
  known: z.boolean(),
  source: z.string().nullable(),
  enteredOn: z.iso.date().nullable(),
  enteredBy: z.string().nullable(),
  days: z.array(z.object({ day: z.iso.date(), rest: z.boolean(), name: z.string() })),
  version: z.int(),
  can: z.object({ edit: z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })]) }),
})

export const holidaysOfYear = query('workdays.year', {
  title: '看一年的放假与调休',
  input: z.object({ year: Year }),
  output: YearView,
  may: anyone,
  run: async (ctx, { year }) => {
    const verdict = mayEdit(ctx.actor)
    const can = { edit: verdict === true ? (true as const) : { code: verdict.code, message: verdict.message } }
    const entered = await yearRow(ctx, year)
    if (!entered) return { year, known: false, source: null, enteredOn: null, enteredBy: null, days: [], version: 0, can }
    const { rows } = await sql<SpecialDay>`select day, rest, name from workdays.day where year = ${year} order by day`.execute(ctx.db)
    return { year, known: true, ...entered, days: rows, can }
  },
})

export const dayAfter = query('workdays.after', {
  title: '算几个工作日之后是哪一天',
  input: z.object({ from: z.iso.date(), workingDays: z.int().min(1).max(500) }),
  output: z.object({ on: z.iso.date(), unknownYears: z.array(z.int()) }),
  may: anyone,
  run: async (ctx, { from, workingDays }) => {
    const known = await workdaysOf(ctx.db)
    const on = addWorkingDays(known, from, workingDays)
    return { on, unknownYears: unknownYears(known, from, on) }
  },
})

export const setYear = command('workdays.setYear', {
  title: '登记一年的放假与调休',
  input: z.object({
    year: Year,
    /** 0 when nobody has entered that year before. */
    version: z.int().min(0),
    source: z.string().trim().min(2, '请写明按哪份通知').max(200),
    days: z.array(SpecialDayInput).min(1, '请至少登记一天').max(150),
  }),
  output: z.object({ year: z.int(), version: z.int() }),
  may: (actor) => mayEdit(actor),
  run: async (ctx, { year, version, source, days }) => {
    assertSound(year, days)
    const before = await yearRow(ctx, year, true)
    if ((before?.version ?? 0) !== version) throw stale({ source, days }, before ?? { version: 0 })
    const id = before?.id ?? newId()
    const row = sql`${source}, ${dateAt(ctx.now)}::date, ${ctx.actor.personId}`
    // Two who enter a new year at once: the second meets the first's version.
    const { rows } = before
      ? await sql`update workdays.year set (source, entered_on, entered_by) = (${row}), version = version + 1
          where year = ${year} returning year`.execute(ctx.db)
      : await sql`insert into workdays.year (year, id, source, entered_on, entered_by) values (${year}, ${id}, ${row})
          on conflict do nothing returning year`.execute(ctx.db)
    if (rows.length === 0) throw stale({ source, days }, { version: 1 })
    await sql`delete from workdays.day where year = ${year}`.execute(ctx.db)
    await sql`insert into workdays.day (day, year, rest, name)
      select day, ${year}, rest, name from jsonb_to_recordset(${json(days)}) as t(day date, rest boolean, name text)`.execute(ctx.db)
    const body = { year, days: days.map(({ day, rest }) => ({ day, rest })) }
    record(ctx, 'holidays.entered', { subject: id, orgId: NOWHERE, body })
    return { year, version: version + 1 }
  },
})

const ROOT_STEPS = 1

/** One table holds for the whole unit: who keeps it must be entitled at its top. */
function mayEdit(actor: Actor): Verdict {
  const atTop = actor.grantsOf('workdays.manage').some((g) => g.path.split('/').filter(Boolean).length <= ROOT_STEPS)
  const reason = '放假与调休全单位共用一张表，由最上级党组织的党务干部登记'
  return all(actor.holdsAnywhere('workdays.manage'), atTop || forbidden('not-at-top', reason))
}

function assertSound(year: number, days: readonly SpecialDay[]) {
  const wrong: Fields = {}
  const seen = new Set<string>()
  days.forEach(({ day, rest }, i) => {
    if (Number(day.slice(0, 4)) !== year) wrong[`days.${i}.day`] = [`${day} 不在 ${year} 年`]
    else if (seen.has(day)) wrong[`days.${i}.day`] = [`${day} 写了两次`]
    else if (!rest && weekday(day) <= 5) wrong[`days.${i}.day`] = [`${day} 本来就上班，不用登记为调休上班`]
    seen.add(day)
  })
  if (Object.keys(wrong).length > 0) throw invalid('invalid-input', Object.values(wrong)[0]![0]!, wrong)
}

interface Entered {
  id: string
  source: string
  enteredOn: string | null
  enteredBy: string | null
  version: number
}

async function yearRow(ctx: Ctx, year: number, lock = false): Promise<Entered | undefined> {
  const { rows } = await sql<Entered>`select y.id, y.source, y.entered_on as "enteredOn", y.version,
      (select p.name from organisation.person p where p.id = y.entered_by) as "enteredBy"
    from workdays.year y where y.year = ${year} ${lock ? sql`for update of y` : sql``}`.execute(ctx.db)
  return rows[0]
}
