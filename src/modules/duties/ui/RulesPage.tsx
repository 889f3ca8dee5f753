import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { dateText } from '#web/text.ts'
import { DUTY_KINDS, type DutyKind, frequencyText, type RuleView, STRENGTHS } from '../contract.ts'
import './duties.css'
import { EndRuleForm } from './EndRuleForm.tsx'
import { ExemptionRequests } from './ExemptionRequests.tsx'
import { Exemptions } from './Exemptions.tsx'
import { RuleForm } from './RuleForm.tsx'

/** 应办规则: the central minimums and what the unit asks besides, each with its source; and who is exempt from what. */
export function RulesPage() {
  const { org } = useOrg()
  const [adopting, setAdopting] = useState(false)
  const [ending, setEnding] = useState<RuleView>()
  const [revising, setRevising] = useState<RuleView>()
  const { data, error, refetch } = useRead('duties.rules', org ? { orgId: org.id } : {})
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={10} />
  const conflicts = data.items.filter((r) => r.belowCentral && inForce(r))
  const groups = Map.groupBy(data.items, (r) => r.body.duty)
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(data.items, conflicts.length)}
        note="中央规定是最低要求，单位规定可以加码。单位规定低于中央的，两条都列出，提醒按中央规定。"
        actions={
          data.can.adopt && (
            <button type="button" className="button primary" onClick={() => setAdopting(true)}>
              <Icon name="plus" weight={2} /> 登记单位规则
            </button>
          )
        }
      />
      <div className="stack">
        {conflicts.map((r) => (
          <div key={r.id} className="note zhe">
            <Icon name="warning" />
            <div>
              <p className="strong">
                {DUTY_KINDS[r.body.duty]}：{r.orgName}的规定低于中央规定
              </p>
              <p>{r.belowCentral}</p>
            </div>
          </div>
        ))}
        {[...groups].map(([duty, rules]) => (
          <RuleCard
            key={duty}
            duty={duty}
            rules={rules}
            canVerify={data.can.verify}
            onEnd={setEnding}
            onRevise={setRevising}
            own={org?.id}
          />
        ))}
        {data.items.length === 0 && <Empty why="还没有规则。" />}
        {org && <Exemptions orgId={org.id} />}
        {org && <ExemptionRequests orgId={org.id} />}
      </div>
      {(adopting || revising) && org && (
        <RuleForm
          orgId={org.id}
          orgName={org.name}
          central={data.items.filter((r) => r.body.layer === 'central')}
          revises={revising}
          onClose={() => {
            setAdopting(false)
            setRevising(undefined)
          }}
        />
      )}
      {ending && <EndRuleForm rule={ending} onClose={() => setEnding(undefined)} />}
    </>
  )
}

/** Not ended yet, though its end may be set. */
const inForce = (r: RuleView) => r.until === null || r.until > today()

function conclusionOf(rules: readonly RuleView[], conflicts: number): string {
  const unit = rules.filter((r) => r.body.layer === 'unit' && inForce(r)).length
  const unread = rules.filter((r) => r.body.toVerify && !r.verifiedOn).length
  const said = [conflicts > 0 && `${conflicts} 条低于中央规定`, unread > 0 && `${unread} 条待核对原文`].filter(Boolean)
  return `中央规定 ${rules.filter((r) => r.body.layer === 'central').length} 条，单位规则 ${unit} 条${said.length > 0 ? `，${said.join('，')}` : ''}`
}

interface CardProps {
  duty: DutyKind
  rules: readonly RuleView[]
  canVerify: boolean
  onEnd: (rule: RuleView) => void
  onRevise: (rule: RuleView) => void
  /** Rules of this organisation are revised here, others where they were made. */
  own: string | undefined
}

const RuleCard = ({ duty, rules, canVerify, onEnd, onRevise, own }: CardProps) => (
  <section className="card" aria-label={DUTY_KINDS[duty]}>
    <header>
      <h2>{DUTY_KINDS[duty]}</h2>
    </header>
    <ul>
      {rules.map((r) => (
        <li key={r.id} className="duty-rule-row">
          <div className="grow">
            <blockquote className="rule-text duty-rule">{r.wording}</blockquote>
            <p className="small t2 row wrap">
              <span className={`tag ${r.body.layer === 'central' ? 'zhu' : 'dai'}`}>{r.body.layer === 'central' ? '中央' : r.orgName}</span>
              <span>{STRENGTHS[r.body.strength]}</span>
              <span>{r.body.metBy === 'committee' ? '设立即可' : frequencyText(r.body)}</span>
              {r.body.minFullMembers !== null && <span>正式党员 {r.body.minFullMembers} 人以上</span>}
              <span>{r.body.mayShare ? '可一会多用' : '须单独开'}</span>
              {r.belowCentral && <span className="tag zhe">低于中央规定</span>}
              <span>{r.source}</span>
              <span className="t3">
                {dateText(r.from)}起{r.from > today() && '（还没开始执行）'}
                {r.until && `，${dateText(r.until)}废止`}
              </span>
            </p>
          </div>
          <div className="duty-rule-steps">
            <Verified rule={r} can={canVerify} />
            {r.canEnd && r.orgId === own && (
              <button type="button" className="button small" onClick={() => onRevise(r)}>
                修订<span className="hidden-text">：{r.wording}</span>
              </button>
            )}
            {r.canEnd && (
              <button type="button" className="button small" onClick={() => onEnd(r)}>
                废止<span className="hidden-text">：{r.wording}</span>
              </button>
            )}
          </div>
        </li>
      ))}
    </ul>
  </section>
)

function Verified({ rule, can }: { rule: RuleView; can: boolean }) {
  if (rule.verifiedOn) return <span className="small song nowrap">{dateText(rule.verifiedOn)} 已核对原文</span>
  if (!rule.body.toVerify) return null
  return (
    <>
      <span className="tag hu">核对原文</span>
      {can && (
        <StepButton
          name="duties.verifyRule"
          kind="small"
          label="已核对原文"
          input={{ id: rule.id, version: rule.version }}
          can
          done="已记下：这一条核对过原文"
          warn={`请先对照原文：${rule.source}。核对后，「核对原文」的提示不再显示；各单位只需核对一次。`}
        />
      )}
    </>
  )
}
