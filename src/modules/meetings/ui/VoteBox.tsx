import { useRead } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { Formula, Quorum } from '#web/parts/Quorum.tsx'
import { Status } from '#web/parts/Status.tsx'
import { CHOICES, type Choice, judgeVote, THRESHOLDS, VOTE_METHODS, VOTE_RULES, type VoteInput, type VoteRuleKey } from '../contract.ts'
import type { PartProps } from './MeetingPart.tsx'
import { attendanceOf, type FormItem } from './recordForm.ts'
import { Problem } from './Text.tsx'

interface Props extends PartProps {
  at: number
  vote: VoteInput
  change: (part: Partial<FormItem>) => void
}

/** A vote while it is entered: the counts, and at once what they mean, with the whole formula. */
export function VoteBox({ at, vote, change, form, prepared, problems }: Props) {
  const set = (part: Partial<VoteInput>) => change({ vote: { ...vote, ...part } })
  const counts = attendanceOf(form, prepared)
  const rule = VOTE_RULES[vote.rule]
  const named = (choice: Choice) => vote.notEntitled.filter((n) => n.choice === choice).length
  const result = judgeVote(vote.rule, {
    ...vote,
    all: counts.expected.length,
    entitled: counts.entitled,
    entitledPresent: counts.entitledPresent,
    othersPresent: counts.present.length - counts.entitledPresent,
    recused: vote.recusedIds.length,
    notEntitledNamed: { inFavour: named('inFavour'), against: named('against'), abstained: named('abstained') },
  })
  const threshold = THRESHOLDS[rule.pass.at]
  return (
    <div className="vote-box">
      <div className="row wrap">
        <label className="pick">
          表决规则
          <select className="text" value={vote.rule} onChange={(e) => set({ rule: e.target.value as VoteRuleKey })}>
            {Object.entries(VOTE_RULES).map(([key, { title }]) => (
              <option key={key} value={key}>
                {title}
              </option>
            ))}
          </select>
        </label>
        <label className="pick">
          方式
          <select className="text" value={vote.method} onChange={(e) => set({ method: e.target.value as VoteInput['method'] })}>
            {Object.entries(VOTE_METHODS).map(([key, title]) => (
              <option key={key} value={key}>
                {title}
              </option>
            ))}
          </select>
        </label>
        {rule.toVerify && <span className="tag hu">核对原文</span>}
        <button type="button" className="button text small" onClick={() => change({ vote: null })}>
          去掉表决
        </button>
      </div>
      <div className="vote-counts">
        {(['inFavour', 'against', 'abstained'] as const).map((choice) => (
          <Count key={choice} name={CHOICES[choice]} value={vote[choice]} onChange={(n) => set({ [choice]: n })} />
        ))}
        {rule.written && <Count name="会前书面同意" value={vote.writtenInFavour} onChange={(n) => set({ writtenInFavour: n })} />}
        <label>
          记录写的结果
          <select
            className="text"
            value={vote.recordedPassed === null ? '' : String(vote.recordedPassed)}
            onChange={(e) => set({ recordedPassed: e.target.value === '' ? null : e.target.value === 'true' })}
          >
            <option value="">按票数</option>
            <option value="true">通过</option>
            <option value="false">未通过</option>
          </select>
        </label>
      </div>
      {form.planId && vote.method === 'ballot' && <FromCount planId={form.planId} set={set} />}
      <Problem of={problems[`items.${at}.vote.inFavour`]} />
      {result.impossible ? (
        <Status kind="wrong">票数比到会的人还多，请核对</Status>
      ) : !result.quorate ? (
        <p className="small zhe strong">
          <Formula text={result.says} />
        </p>
      ) : (
        <Quorum
          title={threshold.title}
          formula={threshold.formula(result.majority.of)}
          need={result.majority.need}
          got={result.majority.have}
          gotName="赞成"
          baseName={rule.voters}
          met="通过"
          notMet={
            result.majority.have * 2 === result.majority.of
              ? '恰好一半，未通过'
              : `差 ${result.majority.need - result.majority.have} 票，未通过`
          }
        />
      )}
      {result.notEntitled > 0 && (
        <p className="note hu">
          <Icon name="warning" />
          计入了 {result.notEntitled} 张没有表决权的人的票，已从结果里扣除；请核对票数。
        </p>
      )}
      <p className="tiny t3">依据：{rule.source}</p>
    </div>
  )
}

/** Paper votes that two counted and agreed on are not typed a third time. */
function FromCount({ planId, set }: { planId: string; set: (part: Partial<VoteInput>) => void }) {
  const { data } = useRead('meetings.counts', { planId })
  const lines = (data?.items ?? [])
    .filter((c) => c.choices === 'vote')
    .flatMap((c) => c.lines.map((l) => ({ ...l, rule: c.rule, id: c.id })))
  const agreed = lines.filter((l) => l.figures)
  if (agreed.length === 0) return null
  const take = ({ figures, rule }: (typeof agreed)[number]) => {
    const { inFavour = 0, against = 0, abstained = 0 } = figures!.votes
    set({ inFavour, against, abstained, ...(rule ? { rule } : {}) })
  }
  return (
    <div className="row wrap small">
      <span className="t2">按两人一致的计数填：</span>
      {agreed.map((l) => (
        <button key={l.id + l.position} type="button" className="button small" onClick={() => take(l)}>
          {l.title}
        </button>
      ))}
    </div>
  )
}

const Count = ({ name, value, onChange }: { name: string; value: number; onChange: (n: number) => void }) => (
  <label>
    {name}
    <input
      type="number"
      className="text"
      inputMode="numeric"
      min={0}
      max={10_000}
      value={value}
      onChange={(e) => onChange(Math.max(0, Math.trunc(Number(e.target.value)) || 0))}
    />
  </label>
)
