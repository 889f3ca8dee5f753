import { effectText } from './engine/eligibility.ts'
import { limitsText } from './engine/kinds.ts'
import type { Rule } from './engine/rule.ts'
import type { Source } from './engine/source.ts'

/** A rule as a reader of the 办法 would put it, in one clause; `source` tells whether something owed is counted. */
export const ruleWords = (rule: Rule, source: Source | null = null): string =>
  (rule.when ? `${rule.when}：` : '') + WORDS[rule.kind](rule as never, source)

const figure = (text: string | undefined) => (text === undefined ? '' : text === 'unknown' ? '（未公布）' : text)
const cap = (of: string | undefined) => (of === undefined || of === 'none' ? '' : of === 'unknown' ? '，上限没有公布' : `，最多 ${of} 分`)
const range = ({ least, most }: { least: string; most: string }) => (least === most ? figure(least) : `${figure(least)}—${figure(most)}`)
const named = (list: { name: string; marks: string }[]) => list.map((one) => `${one.name} ${figure(one.marks)} 分`).join('、')

const WORDS: { [K in Rule['kind']]: (rule: Extract<Rule, { kind: K }>, source: Source | null) => string } = {
  award: (r) => (r.per ? `每${r.per}得 ${figure(r.marks)} 分${cap(r.cap)}` : `全部做到得 ${figure(r.marks)} 分`),
  share: (r) =>
    `按完成比例计分${r.of ? `（满分 ${figure(r.of)}）` : ''}${r.target ? `，达到 ${r.target}% 得满分` : ''}${r.floor ? `，低于 ${r.floor}% 不得分` : ''}`,
  deduct: (r, source) => {
    const owed = r.counts === 'missing' || (r.counts === undefined && (source?.from === 'duty' || source?.from === 'fact'))
    const many = r.every && r.every !== '1' ? `${r.every} ` : ''
    const each =
      r.counts === 'shortfall'
        ? `比目标 ${r.target ?? '100'}% 每低 ${many || '1 '}${r.unit ?? '个百分点'}`
        : owed
          ? `每少${many || '一'}${r.unit ?? '次'}`
          : r.when && !r.unit && !many
            ? ''
            : `每${many}${r.unit ?? '次'}`
    return `${each}扣 ${figure(r.marks)} 分${r.limit ? `，最多扣 ${figure(r.limit)} 分` : ''}${r.floor === 'none' ? '，不设下限' : '，扣完为止'}`
  },
  step: (r) => `按步骤计分：${named(r.steps)}`,
  band: (r) =>
    `分档计分：${r.bands
      .map(
        (b) =>
          `${b.label ?? limitsText(b)} ${b.minus === 'all' ? '不得分' : b.minus === '0' ? '不扣分' : b.minus ? `扣 ${figure(b.minus)} 分` : `${figure(b.marks)} 分`}`,
      )
      .join('；')}`,
  qualitative: (r) => {
    const of = r.takes ?? r.gives
    if (!of || of.most === 'unknown') return `评分人酌情${r.takes ? '扣分' : '给分'}，${of?.least === 'unknown' ? '幅度' : '上限'}没有公布`
    return `评分人酌情${r.takes ? '扣' : '给'} ${range(of)} 分`
  },
  bonus: (r) => extra(r, '加'),
  penalty: (r) => `${extra(r, '扣')}，在总分外扣`,
  zero: (r) => `${r.when ? '' : '发生的，'}${{ item: '本项', dimension: '本维度', whole: '总分' }[r.scope]}清零`,
  veto: (r) => `${r.when ? '' : '发生的，'}${effectText(r.effect)}`,
  rank: (r) =>
    `按同组名次计分（${r.order === 'high-first' ? '高者在前' : '低者在前'}）：${r.places.map((p) => `第 ${p.from === p.to ? p.from : `${p.from}—${p.to}`} 名 ${figure(p.marks)} 分`).join('、')}`,
  tiers: (r) => `${named(r.tiers)}，${r.take === 'highest' ? '取最高一级' : '逐项相加'}${cap(r.cap)}`,
}

const extra = (r: Extract<Rule, { kind: 'bonus' | 'penalty' }>, verb: '加' | '扣'): string => {
  const each = `每${r.per ?? '项'}${verb}`
  const worth = r.levels
    ? `按级别${verb}分：${named(r.levels)}`
    : r.marks === undefined
      ? `${verb}多少由评分人定`
      : r.marks === 'unknown'
        ? `${verb}分标准没有公布`
        : `${each} ${typeof r.marks === 'string' ? r.marks : range(r.marks)} 分`
  return `${worth}${cap(r.cap)}${r.sameMatter === 'each' ? '' : '，同一事项只计最高一级'}`
}

/** Where a value comes from, in two to four characters: 系统取数、填报、评分 …. */
export const SOURCE_NAMES: Record<Source['from'] | 'unknown', string> = {
  fact: '系统取数',
  duty: '系统取数',
  survey: '测评',
  review: '评分',
  import: '填报',
  external: '其他结果',
  composite: '合成',
  refused: '不作来源',
  unknown: '未定来源',
}
