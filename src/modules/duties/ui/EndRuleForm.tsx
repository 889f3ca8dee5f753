import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { dateText } from '#web/text.ts'
import type { RuleView } from '../contract.ts'
import { RuleText } from './RuleText.tsx'

/** Ends a unit's rule from a day on; what was owed under it before stays. */
export function EndRuleForm({ rule, onClose }: { rule: RuleView; onClose: () => void }) {
  const [on, setOn] = useState<string | null>(today())
  return (
    <PanelForm
      name="duties.endRule"
      open
      onClose={onClose}
      kicker={rule.orgName}
      title="废止单位规则"
      note={`${dateText(rule.from)}起执行。废止后，之前的期间仍按它计算`}
      input={() => (on ? { id: rule.id, version: rule.version, on } : '请填废止日期')}
      submit="废止这条规则"
      done="规则已废止"
    >
      {(problems) => (
        <>
          <RuleText rule={{ ...rule, ...rule.body }} />
          <LabelledDate label="从哪一天起不再执行" value={on} onChange={setOn} problem={problems.on} />
        </>
      )}
    </PanelForm>
  )
}
