import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command, query } from '#kernel/operation.ts'
import { keepFile } from '#modules/files/published.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { STATISTICS_CELLS } from '#modules/statistics/published.ts'
import { BLANK, type BlankSheet, readBlank } from '#runtime/sheets/blank.ts'
import { FormCard, Layout, LISTS, Problem, SOURCES, Spots } from './contract.ts'
import { assertOpen, type Form, formSeen, formsFor } from './find.ts'
import { anchored, problemsOf } from './spots.ts'
import { isStatistic } from './values.ts'

export const READ = 'forms.read'
const MANAGE = 'forms.manage'

export const list = query('forms.list', {
  title: '看可以代填的上级表格',
  input: z.object({ orgId: z.uuid() }),
  output: z.object({ items: z.array(FormCard), can: z.object({ manage: z.boolean() }) }),
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, READ),
  may: (actor, org) => actor.holds(READ, org.path),
  run: async (ctx, _input, org) => ({
    items: await formsFor(ctx, org.path),
    can: { manage: ctx.actor.holds(MANAGE, org.path) === true },
  }),
})

const seen = (ctx: Ctx, { id }: { id: string }) => formSeen(ctx, id)
const locked = (ctx: Ctx, { id }: { id: string }) => formSeen(ctx, id, true)
const mayRead = (actor: Ctx['actor']) => actor.holdsAnywhere(READ)
const mayManage = (actor: Ctx['actor'], form: Form) => actor.holds(MANAGE, form.path)

export const get = query('forms.get', {
  title: '看一张表格和它的对应',
  input: z.object({ id: z.uuid() }),
  output: z.object({
    id: z.string(),
    orgId: z.string(),
    orgName: z.string(),
    name: z.string(),
    version: z.int(),
    number: z.int(),
    changedAt: z.string(),
    changedBy: z.string(),
    layout: Layout,
    spots: Spots,
    problems: z.array(Problem),
    ended: z.boolean(),
    can: z.object({ manage: z.boolean() }),
  }),
  load: seen,
  may: mayRead,
  run: async (ctx, _input, form) => ({
    id: form.id,
    orgId: form.org_id,
    orgName: form.org_name,
    name: form.name,
    version: form.version,
    number: form.number,
    changedAt: new Date(form.changed_at).toISOString(),
    changedBy: form.changed_name,
    layout: form.layout,
    spots: form.spots,
    problems: problemsOf(form.layout, form.spots, isStatistic),
    ended: form.ended_at !== null,
    can: { manage: ctx.actor.holds(MANAGE, form.path) === true },
  }),
})

const Choice = z.object({ key: z.string(), title: z.string(), group: z.string() })

export const sources = query('forms.sources', {
  title: '看表格里可以填什么',
  input: z.object({}),
  output: z.object({
    cells: z.array(Choice),
    lists: z.array(z.object({ key: z.string(), title: z.string(), fields: z.array(z.object({ key: z.string(), title: z.string() })) })),
  }),
  may: mayRead,
  run: async () => ({
    cells: [
      ...Object.entries(SOURCES).map(([key, { title, group }]) => ({ key, title, group })),
      ...STATISTICS_CELLS.map(({ key, title }) => ({ key: `statistics:${key}`, title, group: '年报' })),
    ],
    lists: Object.entries(LISTS).map(([key, { title, fields }]) => ({
      key,
      title,
      fields: Object.entries(fields).map(([field, name]) => ({ key: field, title: name })),
    })),
  }),
})

const LIMIT = BLANK.bytes + 1024

export const add = command('forms.add', {
  title: '上传一张要代填的空表',
  input: z.object({ orgId: z.uuid(), name: z.string().trim().min(2, '请写表名').max(100) }),
  output: z.object({ id: z.uuid() }),
  upload: LIMIT,
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, READ),
  may: (actor, org) => actor.holds(MANAGE, org.path),
  prepare: opened,
  run: async (ctx, { name }, org, layout) => {
    const id = newId()
    await sql`insert into forms.form (org_id, id, name, made_at, version) values (${org.id}, ${id}, ${name}, ${ctx.now}, 1)`.execute(ctx.db)
    await keepEdition(ctx, { org_id: org.id, id, number: 0 }, await keepBlank(ctx, org.id, id, layout), layout, { cells: [], lists: [] })
    return { id }
  },
})

const Step = z.object({ id: z.uuid(), version: z.int() })
const Stepped = z.object({ version: z.int(), problems: z.array(Problem) })

export const renew = command('forms.renew', {
  title: '换上新的空表',
  input: Step,
  output: Stepped,
  upload: LIMIT,
  load: locked,
  may: mayManage,
  prepare: opened,
  run: async (ctx, { version }, form, layout) => {
    assertOpen(form, version)
    const fileId = await keepBlank(ctx, form.org_id, form.id, layout)
    // What stood beside each place stays as it was: what has moved is then found, and said, until somebody puts it right.
    await keepEdition(ctx, form, fileId, layout, form.spots)
    return { version: await stepped(ctx, form), problems: problemsOf(layout, form.spots, isStatistic) }
  },
})

export const map = command('forms.map', {
  title: '对应表格里的位置',
  input: Step.extend({ spots: Spots }),
  output: Stepped,
  load: locked,
  may: mayManage,
  run: async (ctx, { version, spots }, form) => {
    assertOpen(form, version)
    const now = anchored(form.layout, spots)
    const problems = problemsOf(form.layout, now, isStatistic)
    if (problems.length > 0) {
      const says = problems.slice(0, 5).map((p) => p.says)
      throw invalid('cannot-fill', `有 ${problems.length} 处不能这样对应：${says.join('；')}`, { spots: says })
    }
    await keepEdition(ctx, form, form.file_id, form.layout, now)
    return { version: await stepped(ctx, form), problems }
  },
})

export const end = command('forms.end', {
  title: '停用一张表格',
  input: Step,
  output: z.object({ version: z.int() }),
  load: locked,
  may: mayManage,
  run: async (ctx, { version }, form) => {
    assertOpen(form, version)
    await sql`update forms.form set ended_at = ${ctx.now} where org_id = ${form.org_id} and id = ${form.id}`.execute(ctx.db)
    return { version: await stepped(ctx, form) }
  },
})

/** The layout of the blank that came with the command; refused in Chinese where it cannot be filled in. */
async function opened(ctx: Ctx): Promise<BlankSheet[]> {
  if (ctx.actor.holdsAnywhere(MANAGE) !== true || !ctx.upload) return []
  if (!/\.xlsx$/i.test(ctx.upload.fileName))
    throw invalid('not-xlsx', '请上传 .xlsx 表格。旧的 .xls、带宏的 .xlsm 和 WPS 的 .et，请另存为 .xlsx', { file: ['请上传 .xlsx 表格'] })
  return readBlank(ctx.upload.data)
}

const keepBlank = (ctx: Ctx, orgId: string, id: string, layout: BlankSheet[]) =>
  keepFile(
    ctx,
    {
      name: ctx.upload!.fileName,
      kind: 'xlsx',
      data: ctx.upload!.data,
      words: layout.flatMap((s) => s.cells.map((c) => c.text)).join('\n'),
    },
    { orgId, subject: 'forms.form', subjectId: id, readWith: READ },
  )

async function keepEdition(ctx: Ctx, of: Pick<Form, 'org_id' | 'id' | 'number'>, fileId: string, layout: BlankSheet[], spots: Spots) {
  const { rows } = await sql`insert into forms.edition
    (org_id, form_id, number, file_id, layout, spots, changed_by, changed_name, changed_at)
    values (${of.org_id}, ${of.id}, ${of.number + 1}, ${fileId}, ${JSON.stringify(layout)}::text::jsonb, ${JSON.stringify(spots)}::text::jsonb,
      ${ctx.actor.personId}, ${ctx.actor.name}, ${ctx.now}) on conflict do nothing returning number`.execute(ctx.db)
  if (rows.length === 0) throw conflict('stale-version', '你打开之后，别人已经改过。请重新打开')
}

async function stepped(ctx: Ctx, form: Form): Promise<number> {
  const { rows } = await sql<{ version: number }>`update forms.form set version = version + 1
    where org_id = ${form.org_id} and id = ${form.id} and version = ${form.version} returning version`.execute(ctx.db)
  if (!rows[0]) throw stale({ version: form.version }, {})
  return rows[0].version
}
