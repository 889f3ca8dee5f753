import { sql } from 'kysely'
import { z } from 'zod'
import { dateAt } from '#kernel/civilDate.ts'
import { type Ctx, query } from '#kernel/operation.ts'
import { DUTY_KINDS } from '#modules/duties/contract.ts'
import { casesOf } from '#modules/duties/published.ts'
import { BRANCH_KINDS } from '#modules/organisation/contract.ts'
import { type OrgCard, termOn } from '#modules/organisation/published.ts'
import { checksOf } from '../checks.ts'
import { BY_HAND, CHECKS, ChecklistItem, type HandItem } from '../contract.ts'
import { setUpsUnder } from '../setUps.ts'
import { ofOrg } from './structure.ts'

const OWN_STANDARD = '各单位标准化手册的通行项目，以本单位的标准为准（核对原文）'

export const checklist = query('standards.checklist', {
  title: '支部标准化检查表',
  input: z.object({ orgId: z.uuid() }),
  output: z.object({ day: z.iso.date(), isBranch: z.boolean(), items: z.array(ChecklistItem), can: z.object({ mark: z.boolean() }) }),
  ...ofOrg,
  run: async (ctx, _input, org) => {
    const day = dateAt(ctx.now)
    const can = { mark: ctx.actor.holds('standards.mark', org.path) === true }
    if (!BRANCH_KINDS.includes(org.kind)) return { day, isBranch: false, items: [], can }
    const items = [
      await setUpItem(ctx, org, day),
      await termItem(ctx, org, day),
      ...(await dutyItems(ctx, org, day)),
      ...(await handItems(ctx, org)),
    ]
    return { day, isBranch: true, items, can }
  },
})

const records = { from: 'records' as const, version: 0 }
const done = (met: boolean) => (met ? ('met' as const) : ('unmet' as const))

async function setUpItem(ctx: Ctx, org: OrgCard, day: string): Promise<ChecklistItem> {
  const own = (await setUpsUnder(ctx, org.path)).find((o) => o.orgId === org.id)
  const found = own ? checksOf(own, day).filter((f) => CHECKS[f.check].level !== 'may') : []
  return {
    ...records,
    key: 'set-up',
    title: '支部设置和班子符合规定',
    state: done(found.length === 0),
    says: found.length === 0 ? `正式党员 ${own?.full ?? 0} 人，支委 ${own?.committee ?? 0} 人` : found.map((f) => f.says).join('；'),
    source: found[0] ? CHECKS[found[0].check].source : CHECKS['no-committee'].source,
    open: `/organisation?org=${org.id}`,
  }
}

async function termItem(ctx: Ctx, org: OrgCard, day: string): Promise<ChecklistItem> {
  const term = await termOn(ctx.db, org.id, day)
  return {
    ...records,
    key: 'term',
    title: '按期换届',
    state: term ? done(term.until > day) : 'unknown',
    says: term ? `本届任期到 ${term.until}` : '没有登记任期',
    source: '《关于党的基层组织任期的意见》：支部委员会每届任期 3 年',
    open: `/elections?org=${org.id}&view=own`,
  }
}

async function dutyItems(ctx: Ctx, org: OrgCard, day: string): Promise<ChecklistItem[]> {
  const year = Number(day.slice(0, 4))
  const cases = (await casesOf(ctx, [org.id], `${year - 1}-01-01`, `${year}-12-31`, day)).filter((c) => c.rule.strength !== 'may')
  const late = cases.filter((c) => c.state === 'overdue' && c.period.to >= `${year}-01-01`)
  const lastYear = cases.filter(
    (c) => c.period.key === String(year - 1) && (c.duty === 'orgLifeMeeting' || c.duty === 'democraticAppraisal'),
  )
  const missed = lastYear.filter((c) => c.state === 'overdue')
  return [
    {
      ...records,
      key: 'duties',
      title: '三会一课按期开展',
      state: done(late.length === 0),
      says:
        late.length === 0
          ? '今年到期的都已办'
          : `今年 ${late.length} 项没有按期办：${late
              .slice(0, 3)
              .map((c) => c.note)
              .join('；')}`,
      source: '《中国共产党支部工作条例（试行）》第四章和本单位规则',
      open: `/duties?org=${org.id}&year=${year}`,
    },
    {
      ...records,
      key: 'yearly',
      title: '上一年度组织生活会和民主评议党员',
      state: lastYear.length === 0 ? 'unknown' : done(missed.length === 0),
      says:
        lastYear.length === 0
          ? '上一年度没有应开的'
          : missed.length === 0
            ? '都已开展'
            : `没有记录：${missed.map((c) => DUTY_KINDS[c.duty]).join('、')}`,
      source: '《中国共产党支部工作条例（试行）》：每年至少召开 1 次组织生活会，一般每年开展 1 次民主评议',
      open: `/duties?org=${org.id}&year=${year - 1}`,
    },
  ]
}

interface Mark {
  item: HandItem
  met: boolean
  seenOn: string
  note: string
  version: number
  by: string
}

async function handItems(ctx: Ctx, org: OrgCard): Promise<ChecklistItem[]> {
  const { rows } = await sql<Mark>`select k.item, k.met, k.seen_on as "seenOn", k.note, k.version, coalesce(p.name, '') as by
    from standards.mark k left join organisation.person p on p.id = k.marked_by where k.org_id = ${org.id}`.execute(ctx.db)
  const marks = new Map(rows.map((r) => [r.item, r]))
  return (Object.keys(BY_HAND) as HandItem[]).map((key) => {
    const mark = marks.get(key)
    return {
      key,
      title: BY_HAND[key],
      from: 'hand',
      state: mark ? done(mark.met) : 'unknown',
      says: mark ? [`${mark.seenOn} ${mark.by}看过`, mark.note].filter(Boolean).join('：') : '还没有人看过',
      source: OWN_STANDARD,
      open: null,
      version: mark?.version ?? 0,
    }
  })
}
