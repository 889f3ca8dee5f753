import { type RuleLine, STRENGTHS } from '../contract.ts'

type Shown = Pick<RuleLine, 'wording' | 'source' | 'strength' | 'toVerify' | 'layer'>

/** A rule in its own words, in the type of quotations, with source and strength; 核对原文 where nobody compared it yet. */
export const RuleText = ({ rule }: { rule: Shown }) => (
  <blockquote className="rule-text duty-rule">
    {rule.wording}
    <small>
      {rule.layer === 'central' ? '中央' : '单位'} · {STRENGTHS[rule.strength]} · {rule.source}
      {rule.toVerify && <span className="tag hu">核对原文</span>}
    </small>
  </blockquote>
)
