import { useState } from 'react'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { type Appeal, type Item, type Ref, scoreText } from './words.ts'

/** Appeals against one mark: what is wrong and where it is recorded. */
export function AppealForm({ item, input, onClose }: { item: Item; input: Ref; onClose: () => void }) {
  const [reason, setReason] = useState('')
  return (
    <PanelForm
      name="evaluation.fileAppeal"
      open
      onClose={onClose}
      kicker={`现在 ${scoreText(item)}${item.max === null ? '' : ` / ${item.max}`}`}
      title={`对「${item.name}」申诉`}
      note="由上级复核，不由提出的人复核。理由存入申诉记录；成立的，更正原记录后重算，前后分数都看得到。"
      input={() =>
        reason.trim().length < 5 ? '请写明理由，至少五个字' : { orgId: input.orgId, runId: input.runId!, path: item.path, reason }
      }
      submit="提出申诉"
      done="申诉已提出，存入账本"
    >
      {(problems) => (
        <TextArea
          label="哪里不对，凭什么（必填）"
          value={reason}
          onChange={setReason}
          problem={problems.reason}
          hint="例如：王某某的组织关系 9月20日已转出，附回执，9月29日不应计入应到"
        />
      )}
    </PanelForm>
  )
}

/** Decides somebody else's appeal, with a reason. */
export function DecideForm({ appeal, onClose }: { appeal: Appeal; onClose: () => void }) {
  const [outcome, setOutcome] = useState('')
  const [decision, setDecision] = useState('')
  return (
    <PanelForm
      name="evaluation.decideAppeal"
      open
      onClose={onClose}
      kicker={`${appeal.orgName} · ${appeal.path}`}
      title="复核申诉"
      note={`${appeal.filedBy ?? '本组织'}提出：${appeal.reason}`}
      input={() =>
        outcome === ''
          ? '请选复核结论'
          : decision.trim().length < 5
            ? '请写明理由，至少五个字'
            : { orgId: appeal.orgId, id: appeal.id, version: appeal.version, outcome, decision }
      }
      submit="记下复核结论"
      done="复核结论已存入账本"
    >
      {(problems) => (
        <>
          <Segments label="结论" value={outcome} options={{ upheld: '申诉成立', rejected: '维持原结果' }} onChange={setOutcome} />
          {outcome === 'upheld' && <p className="note dai">接着更正有误的记录或填报，再在「考核结果」里按更正后的记录重算。</p>}
          <TextArea label="理由（必填，提出的组织看得到）" value={decision} onChange={setDecision} problem={problems.decision} />
        </>
      )}
    </PanelForm>
  )
}
