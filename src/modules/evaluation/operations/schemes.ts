import { sql } from 'kysely'
import { z } from 'zod'
import { download, query } from '#kernel/operation.ts'
import { writeScheme } from '../engine/load.ts'
import { inputKeys } from '../engine/plan.ts'
import { isPersonal, PERSONAL_REASON } from '../engine/scheme.ts'
import { healthFor } from '../health.ts'
import { type Declared, knownMeasures } from '../known.ts'
import { policy, seenOrg } from '../policy.ts'
import { type Found, foundOf, SchemeRef, seenScheme, shippedSchemes, storedWhere } from '../schemes.ts'

const Can = z.union([z.literal(true), z.object({ code: z.string(), message: z.string() })])
export const WarningShape = z.object({ code: z.string(), place: z.string(), says: z.string(), remedy: z.string() })

const SchemeLine = z.object({
  schemeId: z.uuid().nullable(),
  shipped: z.string().nullable(),
  name: z.string(),
  objectKind: z.string(),
  objectName: z.string(),
  every: z.string(),
  total: z.string(),
  items: z.int(),
  fingerprint: z.string(),
  state: z.enum(['shipped', 'draft', 'published', 'withdrawn']),
  edition: z.int().nullable(),
  orgId: z.uuid().nullable(),
  orgName: z.string().nullable(),
  documentNo: z.string().nullable(),
  version: z.int().nullable(),
  source: z.string(),
  /** Why it can only be read: it counts persons. */
  readOnlyBecause: z.string().nullable(),
})

export const schemes = query('evaluation.schemes', {
  title: '看考核方案',
  input: z.object({ orgId: z.uuid().optional() }),
  output: z.object({ items: z.array(SchemeLine), can: z.object({ manage: z.boolean() }) }),
  may: (actor) => actor.holdsAnywhere('evaluation.read'),
  run: async (ctx, { orgId }) => {
    const org = orgId ? await seenOrg(ctx, { orgId }) : undefined
    const about = org ? sql`(starts_with(${org.path}, o.path) or starts_with(o.path, ${org.path}))` : sql`${!orgId}::boolean`
    const own = (await storedWhere(ctx, about)).map(foundOf)
    const manage = org ? policy.manage(ctx.actor, org) === true : false
    return { items: [...own, ...shippedSchemes().values()].map(lineOf), can: { manage } }
  },
})

const lineOf = ({ scheme, fingerprint, shipped, row }: Found): z.output<typeof SchemeLine> => ({
  schemeId: row?.id ?? null,
  shipped,
  name: row?.name ?? scheme.name,
  objectKind: scheme.object.kind,
  objectName: scheme.object.as ?? scheme.object.kind,
  every: scheme.period.every,
  total: scheme.sheets.length === 1 ? scheme.sheets[0]!.total : `${scheme.sheets.length} 张表`,
  items: inputKeys(scheme).length,
  fingerprint,
  state: row?.state ?? 'shipped',
  edition: row?.edition ?? null,
  orgId: row?.org_id ?? null,
  orgName: row?.org_name ?? null,
  documentNo: row?.document_no ?? null,
  version: row?.version ?? null,
  source: scheme.source[0]?.title ?? '',
  readOnlyBecause: isPersonal(scheme) ? PERSONAL_REASON : null,
})

export const scheme = (declared: Declared) =>
  query('evaluation.scheme', {
    title: '看一份考核方案和它的体检',
    input: SchemeRef,
    output: SchemeLine.extend({
      yaml: z.string(),
      /** The scheme as data, in the shape of schemes/README.md. */
      content: z.any(),
      warnings: z.array(WarningShape),
      changeNote: z.string().nullable(),
      meetingId: z.uuid().nullable(),
      /** Measures some module feeds, for choosing a source. */
      measures: z.array(z.object({ key: z.string(), title: z.string(), filters: z.record(z.string(), z.array(z.string())) })),
      can: z.object({ save: Can, copy: Can, publish: Can, withdraw: Can }),
    }),
    load: seenScheme,
    may: (actor) => actor.holdsAnywhere('evaluation.read'),
    run: async (ctx, _input, found) => ({
      ...lineOf(found),
      yaml: writeScheme(found.scheme),
      content: found.scheme,
      warnings: await healthFor(ctx, declared, found.scheme, found.row?.org_id),
      changeNote: found.row?.change_note ?? null,
      meetingId: found.row?.meeting_id ?? null,
      measures: knownMeasures(declared).map(({ key, title, filters }) => ({
        key,
        title,
        filters: Object.fromEntries(Object.entries(filters).map(([name, values]) => [name, [...values]])),
      })),
      can: cans(found, found.row ? policy.manage(ctx.actor, found.row) === true : ctx.actor.holdsAnywhere('evaluation.manage') === true),
    }),
  })

function cans({ scheme, row }: Found, manages: boolean) {
  const personal = isPersonal(scheme) && { code: 'personal-scheme', message: PERSONAL_REASON }
  const lacks = !manages && { code: 'lacks-evaluation.manage', message: '改方案、发布方案由管考核的党务干部办' }
  const frozen = row?.state !== 'draft' && {
    code: 'frozen',
    message: row ? '已发布的方案不能再改；要改请另存为新一版' : '随产品带的方案只读；复制成本单位的草稿后再改',
  }
  const notPublished = row?.state !== 'published' && { code: 'not-published', message: '只有已发布的方案可以撤下' }
  return {
    save: lacks || frozen || true,
    copy: lacks || personal || true,
    publish: lacks || personal || frozen || true,
    withdraw: lacks || notPublished || true,
  } as const
}

export const schemeYaml = download('evaluation.schemeYaml', {
  title: '下载考核方案（YAML）',
  input: SchemeRef,
  load: seenScheme,
  may: (actor) => actor.holdsAnywhere('evaluation.read'),
  run: async (_ctx, _input, { scheme }) => ({
    fileName: `${scheme.name}.yaml`,
    type: 'application/yaml; charset=utf-8',
    body: Buffer.from(writeScheme(scheme)),
  }),
})
