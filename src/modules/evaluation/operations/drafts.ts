import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, forbidden, invalid, stale } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { refuseMarkings } from '#kernel/markings.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import type { OrgCard } from '#modules/organisation/published.ts'
import { checkScheme as checkContent, fingerprint, type Loaded, loadScheme, writeScheme } from '../engine/load.ts'
import { isPersonal, PERSONAL_REASON, type Scheme } from '../engine/scheme.ts'
import { healthFor } from '../health.ts'
import type { Declared } from '../known.ts'
import { policy, seenOrg } from '../policy.ts'
import { lockedScheme, shippedSchemes } from '../schemes.ts'
import { tables } from '../tables.ts'
import { WarningShape } from './schemes.ts'

/** A scheme as YAML text, or as data from the form. */
const Written = z.object({ yaml: z.string().max(500_000).optional(), content: z.any().optional() })

const readWritten = ({ yaml, content }: z.output<typeof Written>): Loaded => {
  if ((yaml === undefined) === (content === undefined || content === null))
    throw invalid('yaml-or-content', '请给出方案：YAML 文本或表单内容，只给一样', { content: ['请填写方案'] })
  return yaml === undefined ? checkContent(content) : loadScheme(yaml)
}

const Checked = z.object({
  name: z.string().nullable(),
  fingerprint: z.string().nullable(),
  warnings: z.array(WarningShape),
  errors: z.array(z.object({ place: z.string(), problem: z.string(), remedy: z.string() })),
  /** The other form of what was given. */
  yaml: z.string().nullable(),
  content: z.any(),
})

export const checkScheme = (declared: Declared) =>
  command('evaluation.checkScheme', {
    title: '给一份方案做指标体检',
    input: Written.extend({ orgId: z.uuid().optional() }),
    output: Checked,
    load: async (ctx, { orgId }) => (orgId ? seenOrg(ctx, { orgId }) : null),
    may: (actor, org) => (org ? policy.manage(actor, org) : actor.holdsAnywhere('evaluation.manage')),
    run: async (ctx, written, org) => {
      const loaded = readWritten(written)
      if ('errors' in loaded) return { name: null, fingerprint: null, warnings: [], errors: loaded.errors, yaml: null, content: null }
      const { scheme } = loaded
      return {
        name: scheme.name,
        fingerprint: fingerprint(scheme),
        warnings: await healthFor(ctx, declared, scheme, org?.id),
        errors: [],
        yaml: writeScheme(scheme),
        content: scheme,
      }
    },
  })

const Saved = z.object({ id: z.uuid(), edition: z.int(), version: z.int(), fingerprint: z.string(), warnings: z.array(WarningShape) })

export const saveScheme = (declared: Declared) =>
  command('evaluation.saveScheme', {
    title: '保存方案草稿',
    input: Written.extend({
      /** A draft to change; left out, a new edition is begun. */
      id: z.uuid().optional(),
      orgId: z.uuid(),
      version: z.int().optional(),
      changeNote: z.string().trim().max(1000).optional(),
    }),
    output: Saved,
    load: async (ctx, { id, orgId }) => {
      const org = await seenOrg(ctx, { orgId })
      const draft = id ? await lockedScheme(ctx, { id }) : null
      return org && draft !== undefined && (!draft || draft.org_id === org.id) ? { org, draft } : undefined
    },
    may: (actor, { org }) => policy.manage(actor, org),
    run: async (ctx, input, { org, draft }) => {
      const scheme = storable(readWritten(input))
      if (!draft) return begin(ctx, declared, org, scheme, input.changeNote)
      if (draft.version !== input.version) throw stale({ name: scheme.name }, { name: draft.name, version: draft.version })
      if (draft.state !== 'draft') throw conflict('frozen', '已发布的方案不能再改；要改请另存为新一版')
      if (scheme.key !== draft.key) throw invalid('other-key', '方案代号不能改；另一份方案请另建', { key: [`应为 ${draft.key}`] })
      const change = { ...columnsOf(scheme), ...(input.changeNote === undefined ? {} : { change_note: input.changeNote }) }
      const version = draft.version + 1
      await tables(ctx)
        .updateTable('evaluation.scheme')
        .set({ ...change, version })
        .where('id', '=', draft.id)
        .execute()
      return answer(ctx, declared, { id: draft.id, edition: draft.edition, version, scheme, orgId: org.id })
    },
  })

export const copyShipped = (declared: Declared) =>
  command('evaluation.copyShipped', {
    title: '把随产品带的方案复制成草稿',
    input: z.object({ orgId: z.uuid(), shipped: z.string().regex(/^[a-z0-9-]{1,80}$/) }),
    output: Saved,
    load: seenOrg,
    may: policy.manage,
    run: async (ctx, { shipped }, org) => {
      const found = shippedSchemes().get(shipped)
      if (!found) throw invalid('no-such-scheme', '没有这份随产品带的方案，请从列表里选', { shipped: ['请从列表里选'] })
      return begin(ctx, declared, org, personless(found.scheme), `由随产品带的 ${shipped} 复制`)
    },
  })

export const importScheme = (declared: Declared) =>
  command('evaluation.importScheme', {
    title: '上传方案（YAML）',
    input: z.object({ orgId: z.uuid() }),
    output: Saved,
    upload: 1_000_000,
    load: seenOrg,
    may: policy.manage,
    run: async (ctx, _input, org) => {
      const { data, fileName } = ctx.upload!
      return begin(ctx, declared, org, storable(loadScheme(data.toString('utf8'))), `由文件导入：${fileName.slice(0, 200)}`)
    },
  })

/** The scheme, or a refusal that names each place; one that counts persons is studied, never kept as a unit's own. */
function storable(loaded: Loaded): Scheme {
  if ('errors' in loaded) {
    const fields = Object.fromEntries(loaded.errors.map((e) => [e.place, [`${e.problem}。${e.remedy}`]]))
    throw invalid('bad-scheme', '方案有几处需要修改', fields)
  }
  refuseMarkings({ yaml: writeScheme(loaded.scheme) })
  return personless(loaded.scheme)
}

function personless(scheme: Scheme): Scheme {
  if (isPersonal(scheme)) throw forbidden('personal-scheme', PERSONAL_REASON)
  return scheme
}

async function begin(ctx: Ctx, declared: Declared, org: OrgCard, scheme: Scheme, note: string | undefined) {
  const { rows } = await sql<{ edition: number; draft: string | null }>`
    select coalesce(max(edition), 0)::int + 1 as edition, min(name) filter (where state = 'draft') as draft
    from evaluation.scheme where org_id = ${org.id} and key = ${scheme.key}`.execute(ctx.db)
  const { edition, draft } = rows[0]!
  if (draft !== null) throw conflict('draft-exists', `这份方案已经有一个没有发布的草稿「${draft}」，请在那份草稿上改`)
  const id = newId()
  await tables(ctx)
    .insertInto('evaluation.scheme')
    .values({
      id,
      org_id: org.id,
      key: scheme.key,
      edition,
      ...columnsOf(scheme),
      state: 'draft',
      document_no: null,
      meeting_id: null,
      change_note: note ?? null,
      published_at: null,
    })
    .execute()
  return answer(ctx, declared, { id, edition, version: 1, scheme, orgId: org.id })
}

const columnsOf = (scheme: Scheme) => ({
  name: scheme.name,
  object_kind: scheme.object.kind,
  content: JSON.stringify(scheme),
  fingerprint: fingerprint(scheme),
})

interface About {
  id: string
  edition: number
  version: number
  scheme: Scheme
  orgId: string
}

const answer = async (ctx: Ctx, declared: Declared, { scheme, orgId, ...saved }: About) => ({
  ...saved,
  fingerprint: fingerprint(scheme),
  warnings: await healthFor(ctx, declared, scheme, orgId),
})
