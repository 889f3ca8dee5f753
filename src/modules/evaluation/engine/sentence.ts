import { compare, divide, type Exact, exact, HUNDRED, isZero, multiply, negate, ONE, textOf } from './exact.ts'
import type { Case } from './input.ts'
import { type RuleScore, wasCapped } from './item.ts'
import type { Rule, RuleOf } from './rule.ts'
import type { WeighedItem } from './score.ts'
import type { Source } from './source.ts'
import type { Known, Part } from './value.ts'

/** One plain Chinese sentence for an indicator's marks: what was expected, what came true, which rule spoke, what it gives. */
export const sentenceOf = ({ score, weight, marks, max }: WeighedItem): string => {
  const { item } = score
  const full = item.outside ? '' : item.max ? `（满分 ${textOf(item.max)}）` : '（满分没有公布）'
  if (score.state === 'notApplicable')
    return `不适用：${whyNotApplicable(score.rules)}，分值${weight === ONE ? '按方案规定折算' : '并入同一维度'}${full}`
  if (score.state === 'notDue') return `${whyNotDue(score.rules)}，到期后计分${full}`
  const spoken = score.rules.filter(speaks).map(ruleText)
  if (score.state === 'open') return `${[...spoken, whyOpen(score.rules, item.max)].join('；')}，暂不计分${full}`
  if (item.outside) return `${spoken.join('；') || '没有加减分事项'}，${extraText(score.bonus, score.penalty)}`
  const moved = weight === ONE ? '' : `，因同一维度有项目不适用，折算为 ${textOf(marks!)} 分（满分 ${textOf(max!)}）`
  const capped = wasCapped(score) && score.zero === null ? capText(score.beforeCap!, score.marks!) : ''
  return `${[...spoken].join('；') || '按方案计分'}，${capped}得 ${textOf(score.marks!)} 分${full}${moved}`
}

const speaks = ({ planned, value, outcome }: RuleScore): boolean =>
  outcome.open === undefined &&
  (['zero', 'veto'].includes(planned.rule.kind) ? outcome.triggered === true : !isSilentExtra(planned.rule, outcome.outside, value.state))

const isSilentExtra = (rule: Rule, outside: Exact | undefined, state: string): boolean =>
  (rule.kind === 'bonus' || rule.kind === 'penalty') && state === 'known' && (!outside || isZero(outside))

const whyNotApplicable = (rules: RuleScore[]): string =>
  rules.map(({ value }) => (value.state === 'notApplicable' ? value.why : '')).find(Boolean) ?? '本期没有应做的事项'

const whyNotDue = (rules: RuleScore[]): string =>
  rules.map(({ value }) => (value.state === 'notDue' ? value.why : '')).find(Boolean) ?? '未到期'

const whyOpen = (rules: RuleScore[], max: Exact | null): string => {
  const reasons = [...new Set(rules.flatMap(({ outcome }) => outcome.open ?? []))]
  if (reasons.length > 0) return reasons.join('；')
  return max === null ? '这一项的分值没有公布' : '这一项的计分规则没有公布'
}

const extraText = (bonus: Exact, penalty: Exact): string =>
  isZero(bonus) && isZero(penalty)
    ? '不加不扣'
    : [!isZero(bonus) && `加 ${textOf(bonus)} 分`, !isZero(penalty) && `扣 ${textOf(penalty)} 分`].filter(Boolean).join('、')

const capText = (before: Exact, after: Exact): string =>
  compare(before, after) > 0 ? `各项合计 ${textOf(before)} 分，超过满分，按满分计，` : `扣分合计超过本项分值，扣完为止，`

/** What one rule says about one value, without the marks of the item. */
const ruleText = (score: RuleScore): string => {
  const { planned, value } = score
  if (value.state === 'notApplicable') return `${planned.rule.when ? `「${planned.rule.when}」` : ''}不适用：${value.why}`
  if (value.state === 'open' || value.state === 'notDue') return value.why
  const remark = value.note ? `（${value.note}）` : ''
  return TEXTS[planned.rule.kind](planned.rule as never, value, score) + remark
}

type Say<K extends Rule['kind']> = (rule: RuleOf<K>, value: Known, score: RuleScore) => string
const about = (rule: { when?: string | undefined }): string => (rule.when ? `${rule.when}：` : '')

const TEXTS: { [K in Rule['kind']]: Say<K> } = {
  award: (rule, value, { planned, outcome }) =>
    rule.per
      ? `${about(rule)}${textOf(value.met)} ${rule.per}，每${rule.per}得 ${rule.marks} 分，计 ${textOf(outcome.gives!)} 分`
      : `${about(rule)}${value.expected ? `${countText(value, planned.source)}，` : ''}${isZero(outcome.gives!) ? '没有做到' : '做到'}，计 ${textOf(outcome.gives!)} 分`,
  share: (rule, value, { planned, outcome }) => {
    const percent = divide(multiply(value.met, HUNDRED), value.expected!)
    const reached = rule.target !== undefined && compare(percent, exact(rule.target)) >= 0
    const how = reached ? `达到 ${rule.target}% 得满分` : rule.floor && isZero(outcome.gives!) ? `低于 ${rule.floor}% 不得分` : '按比例计分'
    return `${about(rule)}${countText(value, planned.source)}，占 ${textOf(percent, 2)}%，${how}，计 ${textOf(outcome.gives!)} 分`
  },
  deduct: (rule, value, { planned, outcome }) => {
    const unit = rule.unit ?? '次'
    const per = `${rule.every && rule.every !== '1' ? `${rule.every} ` : ''}${unit}`
    if (rule.counts === 'shortfall') {
      const gap = isZero(outcome.units!)
        ? '没有差距'
        : `低于目标 ${rule.target ?? 100}% 共 ${textOf(outcome.units!, 2)} 个百分点，每 ${per}扣 ${rule.marks} 分`
      return `${about(rule)}${countText(value, planned.source)}，${gap}`
    }
    if (rule.counts === 'occurrences' || !value.expected) {
      return isZero(outcome.units!)
        ? `${about(rule)}没有发生，不扣分`
        : `${about(rule)}发生 ${textOf(outcome.units!)} ${unit}，每${per}扣 ${rule.marks} 分`
    }
    return `${countText(value, planned.source)}，${isZero(outcome.units!) ? '没有缺少' : `每少一${per}扣 ${rule.marks} 分`}`
  },
  step: (rule, _value, { outcome }) =>
    `${about(rule)}做到${outcome.chosen ? `「${outcome.chosen}」` : ' 0 步'}，计 ${textOf(outcome.gives!)} 分`,
  band: (rule, value, { outcome }) => {
    const what = value.label
      ? `评为「${value.label}」`
      : `数值 ${textOf(value.met)}${outcome.chosen ? `，在「${outcome.chosen}」一档` : ''}`
    const does = outcome.takesAll ? '本项不得分' : outcome.gives ? `计 ${textOf(outcome.gives)} 分` : `扣 ${textOf(outcome.takes!)} 分`
    return `${about(rule)}${what}，${does}`
  },
  qualitative: (rule, value) =>
    rule.takes
      ? `${about(rule)}${isZero(value.met) ? '评分人没有扣分' : `评分人扣 ${textOf(value.met)} 分（幅度 ${rule.takes.least}—${rule.takes.most}）`}`
      : `${about(rule)}评分人给 ${textOf(value.met)} 分`,
  bonus: (rule, _value, { outcome }) =>
    `${about(rule)}${textOf(outcome.units!)} 项，加 ${textOf(outcome.outside!)} 分${sameMatterText(rule)}`,
  penalty: (rule, _value, { outcome }) =>
    `${about(rule)}${textOf(outcome.units!)} 项，扣 ${textOf(negate(outcome.outside!))} 分${sameMatterText(rule)}`,
  zero: (rule) => `${rule.when ?? '发生清零情形'}，${{ item: '本项', dimension: '本维度', whole: '总分' }[rule.scope]}清零`,
  veto: (rule) => `${rule.when ?? '发生否决情形'}`,
  rank: (rule, _value, { outcome }) => `${about(rule)}同组${outcome.chosen}，计 ${textOf(outcome.gives!)} 分`,
  tiers: (rule, _value, { outcome }) =>
    `${about(rule)}${outcome.chosen ? `「${outcome.chosen}」` : '没有达到任何一级'}，${rule.take === 'highest' ? '取最高一级' : '逐项相加'}，计 ${textOf(outcome.gives!)} 分`,
}

const sameMatterText = (rule: { sameMatter?: string | undefined }): string => (rule.sameMatter === 'each' ? '' : '（同一事项只计最高一级）')

/** 应召开 4 次，实召开 3 次（缺第三季度）. */
const countText = (value: Known, source: Source | null): string => {
  if (value.parts) return `${value.parts.map(partText).join('；')}；合计 ${textOf(value.met, 2)}/${textOf(value.expected!)}`
  if (!value.expected) return `数值 ${textOf(value.met)}`
  if (source?.from !== 'duty' && source?.from !== 'fact') return `${textOf(value.met)}/${textOf(value.expected)}`
  const verb = VERBS[source.filter?.duty ?? ''] ?? '完成'
  return `应${verb} ${textOf(value.expected)} 次，实${verb} ${textOf(value.met)} 次${missingText(value.cases)}`
}

/** What one part of a composite comes to: 履职应召开 4 次，实召开 3 次（缺第三季度），权重 0.6. */
export const partText = ({ name, weight, source, value }: Part): string => {
  if (value.state !== 'known') return `${name}${value.state === 'notApplicable' ? `不适用：${value.why}` : `：${value.why}`}，不计权重`
  const counted = source.from === 'duty' || source.from === 'fact'
  return `${name}${counted ? '' : ' '}${countText(value, source)}${value.note ? `（${value.note}）` : ''}，权重 ${weight}`
}

const VERBS: Record<string, string> = {
  memberAssembly: '召开',
  branchCommittee: '召开',
  groupMeeting: '召开',
  partyLecture: '上',
  themePartyDay: '开展',
  orgLifeMeeting: '召开',
  democraticLifeMeeting: '召开',
  democraticAppraisal: '开展',
}

/** The periods in which something is missing: （缺 7 月、8 月）. */
export const missingText = (cases: readonly Case[]): string => {
  const missing = cases.filter((one) => one.met < one.expected && one.due !== false)
  if (missing.length === 0 || (cases.length === 1 && cases[0]!.period.length === 4)) return ''
  if (missing.length === cases.length && cases.length > 2 && cases.every((one) => one.met === 0)) return '（各期都缺）'
  const years = new Set(cases.map((one) => one.period.slice(0, 4)))
  const words = missing.map((one) => {
    const short = one.expected - one.met > 1 ? ` ${one.expected - one.met} 次` : ''
    return periodText(one.period, years.size > 1) + short
  })
  return `（缺${words[0]!.match(/^\d/) ? ' ' : ''}${words.join('、')}）`
}

/** A period in words: 第三季度, 7 月, 上半年, 全年; with the year in front where several years meet. */
export const periodText = (period: string, withYear = false): string => {
  const year = period.slice(0, 4)
  const rest = period.slice(4).replace(/^-/, '')
  const words = rest === '' ? '全年' : (NAMED[rest] ?? `${Number(rest)} 月`)
  return withYear ? `${year} 年${words}` : words
}

const NAMED: Record<string, string> = { Q1: '第一季度', Q2: '第二季度', Q3: '第三季度', Q4: '第四季度', H1: '上半年', H2: '下半年' }
