import type { KnownMeasure, Practice, Warning } from '../healthCheck.ts'
import type { Node, Scheme } from '../scheme.ts'
import { isPersonal, PERSONAL_REASON } from '../scheme.ts'
import { BARRED, type Source } from '../source.ts'
import { type Visited, visit, wording } from './visit.ts'

/** What the figures cannot show: minimums, kinds of organisation, feeding, incentives and the red lines. */
export const meaningWarnings = (scheme: Scheme, measures: readonly KnownMeasure[], practice: Readonly<Practice>): Warning[] => {
  const visited = visit(scheme)
  return [
    ...visited.flatMap(belowCentral),
    ...visited.flatMap((one) => notThisKind(scheme, one)),
    ...visited.flatMap((one) => feeding(one, measures)),
    ...processOnly(scheme, visited),
    ...visited.flatMap(invitesGaming),
    ...visited.flatMap((one) => lowCoverage(one, practice[one.place]?.coverage)),
    ...visited.filter(({ place }) => practice[place]?.distinct === 1).map(noSpread),
    ...redLines(scheme, visited),
  ]
}

/** Times a year that the regulations ask for at least (支部工作条例（试行）, 民主生活会若干规定); practice without a clause is not in it. */
const CENTRAL_A_YEAR: Record<string, number> = {
  memberAssembly: 4,
  branchCommittee: 12,
  groupMeeting: 12,
  themePartyDay: 12,
  orgLifeMeeting: 1,
  democraticAppraisal: 1,
  democraticLifeMeeting: 1,
}
const TIMES_A_YEAR = { month: 12, quarter: 4, half: 2, year: 1 }

const belowCentral = ({ node, place }: Visited): Warning[] =>
  (node.requires ?? []).flatMap(({ duty, times, per }) => {
    const central = CENTRAL_A_YEAR[duty]
    const own = Number(times) * TIMES_A_YEAR[per]
    if (central === undefined || own >= central) return []
    const says = `要求全年 ${own} 次，低于中央规定的全年 ${central} 次`
    return [{ code: 'below-central', place, says, remedy: `改为全年不少于 ${central} 次` }]
  })

/** Obligations a branch or a general branch does not have. */
const OBLIGATIONS: { words: RegExp; kinds: string[]; says: string; unless?: RegExp }[] = [
  {
    words: /集体研究把关/,
    kinds: ['branch', 'generalBranch', 'memberGroup'],
    unless: /独立法人/,
    says: '「集体研究把关」只适用于有人财物决策权而不设党委的独立法人（国企条例第十五条），车间、班组支部没有这项职责',
  },
  { words: /三重一大/, kinds: ['branch', 'memberGroup'], says: '「三重一大」由党委（党组）及有决策权的班子决定，一般党支部没有这项职责' },
  { words: /前置研究/, kinds: ['branch', 'generalBranch', 'memberGroup'], says: '前置研究讨论是党委（党组）的职责，支部、总支没有' },
  { words: /民主生活会/, kinds: ['branch', 'memberGroup'], says: '民主生活会由领导班子召开，党支部召开的是组织生活会' },
]

const notThisKind = (scheme: Scheme, { node, place, sheet }: Visited): Warning[] => {
  const context = `${scheme.object.as ?? ''}${(sheet.classes ?? []).join('')}`
  return OBLIGATIONS.filter(
    ({ words, kinds, unless }) => kinds.includes(scheme.object.kind) && words.test(wording(node)) && !unless?.test(context),
  ).map(({ says }) => ({ code: 'not-this-kind' as const, place, says, remedy: '删去此项，或改为该类组织应尽的职责，或标为不适用' }))
}

const sourcesOf = (node: Node): Source[] =>
  [node.source, ...(node.rules ?? []).map((rule) => rule.source)].flatMap((source) =>
    !source ? [] : source.from === 'composite' ? source.parts.map((part) => part.source) : [source],
  )

const feeding = ({ node, place }: Visited, measures: readonly KnownMeasure[]): Warning[] =>
  sourcesOf(node).flatMap((source): Warning[] => {
    if (source.from !== 'fact' && source.from !== 'duty') return []
    const measure = measures.find(({ key }) => key === source.measure)
    if (!measure) {
      const remedy = '改为已有的指标取数，或改为评议（review）、外部数据（import）并写明由谁填报'
      return [{ code: 'unfed', place, says: `没有任何模块提供「${source.measure}」`, remedy }]
    }
    const strange = Object.entries(source.filter ?? {}).find(([key, value]) => measure.filters && !measure.filters[key]?.includes(value))
    if (strange) {
      const remedy = `可写：${Object.entries(measure.filters!)
        .map(([key, values]) => `${key}=${values.join('、')}`)
        .join('；')}`
      return [{ code: 'unfed', place, says: `「${source.measure}」不认识条件 ${strange[0]}=${strange[1]}`, remedy }]
    }
    return []
  })

const FAIR = 0.8

const lowCoverage = ({ place }: Visited, coverage: number | undefined): Warning[] =>
  coverage === undefined || coverage >= FAIR
    ? []
    : [
        {
          code: 'low-coverage',
          place,
          says: `上一期只有 ${Math.floor(coverage * 100)}% 的单位有这项记录，用来计分不公平`,
          remedy: '先查是没有办还是没有录：没有录的补齐，或本期只作参考不计分',
        },
      ]

const RESULTS = new Set(['import', 'external', 'survey'])

/** Only where the whole structure is visible; a fragment says nothing about the rest. */
const processOnly = (scheme: Scheme, visited: Visited[]): Warning[] => {
  if (isPersonal(scheme) || (scheme.completeness !== 'full' && scheme.completeness !== 'top_level')) return []
  const looksAtResults = ({ node }: Visited) => node.looksAt === 'outcome' || sourcesOf(node).some(({ from }) => RESULTS.has(from))
  if (visited.some(looksAtResults)) return []
  const says = '全部指标只看过程（开没开会、有没有记录），没有一项看目标是否达到'
  return [
    {
      code: 'process-only',
      place: '全表',
      says,
      remedy: '加入经营、安全、整改成效、群众评价等结果指标，数据由相应部门提供（import、survey）',
    },
  ]
}

const RATE_OF_ALL = /(?:合格|优秀|满意|参与|完成|覆盖|信任|达标)率[^0-9一-鿿]*(?:低于|达到|不低于)?\s*(?:99|100)/

const invitesGaming = ({ node, place }: Visited): Warning[] => {
  const found: Warning[] = []
  const highTarget = (node.rules ?? []).some(
    (rule) =>
      (rule.kind === 'share' || rule.kind === 'deduct') && Number(rule.target ?? 0) >= 99 && (rule.source ?? node.source)?.from !== 'duty',
  )
  if (RATE_OF_ALL.test(wording(node)) || highTarget) {
    const says = '目标接近百分之百，容易逼出「全部合格」而不是真实评价'
    found.push({ code: 'invites-gaming', place, says, remedy: '降低目标值，或改为看程序是否规范、问题是否整改' })
  }
  const punished = (node.rules ?? []).some(
    (rule) => ['deduct', 'penalty', 'zero', 'veto'].includes(rule.kind) && /信访|上访|投诉|举报/.test(`${node.name}${rule.when ?? ''}`),
  )
  if (punished) {
    const says = '按信访、投诉件数扣分，容易逼出压访、瞒报'
    found.push({ code: 'invites-gaming', place, says, remedy: '改为看受理、答复是否及时，问题是否解决' })
  }
  return found
}

const noSpread = ({ place }: Visited): Warning => ({
  code: 'no-spread',
  place,
  says: '上一期各单位在这一项得分完全相同，没有区分作用',
  remedy: '提高要求，或降低分值，或不再单列',
})

const redLines = (scheme: Scheme, visited: Visited[]): Warning[] => {
  const found: Warning[] = []
  const add = (place: string, says: string, remedy: string) => found.push({ code: 'red-line', place, says, remedy })
  if (isPersonal(scheme)) add('全表', PERSONAL_REASON, '只读保留，供研究算法；对个人的评价按民主评议等规定程序进行')
  for (const { node, place } of visited) {
    const refused = sourcesOf(node).find(({ from }) => from === 'refused')
    if (refused?.from === 'refused') add(place, `「${refused.of}」不能作为考核来源，系统不取数、不计分`, '删去此项，分值并入其他指标')
    else if (BARRED.test(wording(node)))
      add(place, '文字里有登录、时长、点赞、打卡、定位、照片或个人积分一类内容，不得作为考评依据', '删去此项，或改为看实际工作')
  }
  const last = (scheme.linkage ?? []).filter((link) => link.when?.place?.from === 'bottom')
  for (const link of last) {
    const remedy = '改为按分数线或认定情形约谈、整改，不按名次倒排末位'
    add(`联动/${link.to}`, `按名次对后 ${link.when!.place!.count} 名兑现，属于自动倒排末位，基数小时必有单位垫底`, remedy)
  }
  const byRank = (scheme.eligibility ?? []).filter((rule) => /末位|倒排/.test(rule.when)).map((rule) => rule.code)
  const quotas = (scheme.grades?.quotas ?? []).filter((quota) => /末位|倒排/.test(quota.note ?? '')).map((quota) => quota.grade)
  for (const place of [...byRank.map((code) => `资格/${code}`), ...quotas.map((grade) => `名额/${grade}`)]) {
    add(place, '按末位或比例倒排认定，上级明确不得平均摊派指标', '改为按认定情形逐一认定；系统不自动倒排')
  }
  return found
}
