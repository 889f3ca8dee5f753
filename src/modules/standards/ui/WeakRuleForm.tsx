import { useState } from 'react'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import type { Api } from '../../../platform.ts'
import { REASONS, type Reason } from '../contract.ts'

interface Props {
  org: { id: string; name: string }
  rule: Api['standards.weakRule']['output']['rule']
  version: number
  onClose: () => void
}

/** Which situations a unit looks at, by which paper of its own. */
export function WeakRuleForm({ org, rule, version, onClose }: Props) {
  const [isOn, setOn] = useState<'yes' | 'no'>('yes')
  const [reasons, setReasons] = useState<Reason[]>(rule?.reasons ?? [])
  const [vacant, setVacant] = useState(String(rule?.vacantMonths ?? 3))
  const [undeveloped, setUndeveloped] = useState(String(rule?.undevelopedMonths ?? 24))
  const [source, setSource] = useState(rule?.source ?? '')
  const input = () => {
    if (isOn === 'yes' && reasons.length === 0) return '请至少选一种情形'
    if (![vacant, undeveloped].every((text) => /^\d{1,2}$/.test(text.trim()))) return '月数请填整数'
    if (source.trim().length < 4) return '请写明是哪个文件规定的'
    const months = { vacantMonths: Number(vacant), undevelopedMonths: Number(undeveloped) }
    return { orgId: org.id, version, isOn: isOn === 'yes', reasons, ...months, source }
  }
  return (
    <PanelForm
      name="standards.setWeakRule"
      open
      onClose={onClose}
      kicker={org.name}
      title="软弱涣散的认定情形"
      note="只看记录里查得到的情形；查到了也不会自动列入，由人确认"
      input={input}
      submit="存下认定情形"
      done="认定情形已存入"
    >
      {(problems) => (
        <>
          <Segments label="现在" value={isOn} options={{ yes: '启用', no: '停用' }} onChange={setOn} />
          <fieldset className="std-choices">
            <legend>看哪些情形</legend>
            {(Object.keys(REASONS) as Reason[]).map((key) => (
              <label key={key} className="row">
                <input
                  type="checkbox"
                  checked={reasons.includes(key)}
                  onChange={(e) => setReasons((all) => (e.target.checked ? [...all, key] : all.filter((r) => r !== key)))}
                />
                {REASONS[key]}
              </label>
            ))}
            {problems.reasons && <p className="problem">{problems.reasons}</p>}
          </fieldset>
          {reasons.includes('vacant') && (
            <TextLine label="书记缺位满几个月" value={vacant} onChange={setVacant} problem={problems.vacantMonths} max={2} />
          )}
          {reasons.includes('development') && (
            <TextLine
              label="几个月没有接收预备党员"
              value={undeveloped}
              onChange={setUndeveloped}
              problem={problems.undevelopedMonths}
              max={2}
              hint="地方文件多为两年，填 24"
            />
          )}
          <TextLine label="依据（哪个文件）" value={source} onChange={setSource} problem={problems.source} max={200} />
        </>
      )}
    </PanelForm>
  )
}
