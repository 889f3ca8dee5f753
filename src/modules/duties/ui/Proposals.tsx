import { Link } from '@tanstack/react-router'
import { Icon } from '#web/parts/Icon.tsx'
import { dateText } from '#web/text.ts'
import type { DutyView, RuleLine } from '../contract.ts'
import { proposalsOf } from './words.ts'

interface Props {
  orgId: string
  duties: readonly DutyView[]
  rules: readonly RuleLine[]
  day: string
}

/** Meetings that would meet several duties at once, each one tap away from being planned. */
export function Proposals({ orgId, duties, rules, day }: Props) {
  return proposalsOf(duties, rules, day).map(({ duties: of, by, reasons }) => (
    <section key={of.map((d) => d.duty).join()} className="note dai duty-proposal" aria-label="可以合开的会">
      <Icon name="link" />
      <div className="grow">
        <p className="strong">
          {dateText(by)}前开一次会，可办 {of.length} 件事
        </p>
        <p>
          {of.map((d) => `${d.periodName}的${d.title}`).join('、')}。{[...new Set(reasons)].join('；')}，本单位的规则也没有要求单独开。
        </p>
      </div>
      <Link className="button small" to="/meetings/plan" search={{ org: orgId, kind: of.map((d) => d.duty).join(',') } as never}>
        按这个安排
      </Link>
    </section>
  ))
}
