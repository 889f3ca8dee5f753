import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { BRANCH_KINDS, type OrgKind } from '#modules/organisation/contract.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import { DUTY_KINDS, type DutyKind, type Every, frequencyText, lessThan, type RuleView, STRENGTHS } from '../contract.ts'
import { RuleImpact } from './RuleImpact.tsx'

interface Props {
  orgId: string
  orgName: string
  central: readonly RuleView[]
  /** The rule that this is a new version of. */
  revises?: RuleView | undefined
  onClose: () => void
}

const EVERY: Record<Every, string> = { month: '每月', quarter: '每季', half: '每半年', year: '每年' }

/** Registers a unit's rule or a new version of one. How it stands to the central minimum, and who would owe what, is shown before. */
export function RuleForm({ orgId, orgName, central, revises, onClose }: Props) {
  const old = revises?.body
  const [duty, setDuty] = useState<DutyKind | null>(old?.duty ?? null)
  const [every, setEvery] = useState<Every>(old?.every ?? 'month')
  const [times, setTimes] = useState(String(old?.times ?? 1))
  const [strength, setStrength] = useState<keyof typeof STRENGTHS>(old?.strength ?? 'generally')
  const [members, setMembers] = useState(old?.minFullMembers == null ? '' : String(old.minFullMembers))
  const [share, setShare] = useState<'yes' | 'no'>(old?.mayShare === false ? 'no' : 'yes')
  const [wording, setWording] = useState(revises?.wording ?? '')
  const [source, setSource] = useState(revises?.source ?? '')
  const [from, setFrom] = useState<string | null>(today())

  const demand = { every, times: Number(times), strength, minFullMembers: members === '' ? null : Number(members) }
  const whole = Number.isInteger(demand.times) && demand.times >= 1 && demand.times <= 31
  const counted = demand.minFullMembers === null || Number.isInteger(demand.minFullMembers)
  const body = { ...demand, orgKinds: old?.orgKinds ?? ([...BRANCH_KINDS] as OrgKind[]), mayShare: share === 'yes' }
  const asked = duty && from && whole && counted ? { orgId, from, body: { duty, ...body } } : undefined
  const input = () => {
    if (!duty) return '请选事项'
    if (!whole) return '次数请填 1 到 31 的整数'
    if (!counted) return '人数请填整数，没有这个条件就留空'
    if (wording.trim().length < 2 || source.trim().length < 2) return '请照原文填规定的内容和出处'
    if (!asked) return '请填执行日期'
    return { ...asked, ...(revises ? { replaces: { id: revises.id, version: revises.version } } : {}), wording, source }
  }
  return (
    <PanelForm
      name="duties.adoptRule"
      open
      onClose={onClose}
      kicker={orgName}
      title={revises ? '修订单位规则' : '登记单位规则'}
      note={
        revises
          ? `${dateText(revises.from)}起执行的旧版，到新版执行的那天废止；之前的期间仍按旧版计算`
          : '对本组织和所辖支部有效；从执行日期之后开始的期间起算'
      }
      input={input}
      submit={revises ? '登记新版' : '登记这条规则'}
      done={revises ? '新版已登记' : '规则已登记'}
    >
      {(problems) => (
        <>
          <Choice
            label="事项"
            value={duty}
            options={old ? ({ [old.duty]: DUTY_KINDS[old.duty] } as typeof DUTY_KINDS) : DUTY_KINDS}
            onChange={setDuty}
            problem={problems['body.duty']}
          />
          <Segments label="多久" value={every} options={EVERY} onChange={setEvery} />
          <TextLine label="几次" value={times} onChange={setTimes} problem={problems['body.times']} max={2} />
          <Segments label="强度" value={strength} options={STRENGTHS} onChange={setStrength} />
          <TextLine
            label="适用于正式党员多少人以上的支部"
            value={members}
            onChange={setMembers}
            problem={problems['body.minFullMembers']}
            hint="没有人数条件就留空"
            max={4}
          />
          <Segments label="能否与别的会合开" value={share} options={{ yes: '可以合开', no: '须单独开' }} onChange={setShare} />
          {duty && <Compared duty={duty} demand={demand} central={central.find((r) => r.body.duty === duty)} />}
          <LabelledDate label="从哪一天起执行" value={from} onChange={setFrom} problem={problems.from} />
          {asked && <RuleImpact asked={asked} replaces={revises?.id} />}
          <TextLine label="规定原文" value={wording} onChange={setWording} problem={problems.wording} max={500} />
          <TextLine
            label="出处"
            value={source}
            onChange={setSource}
            problem={problems.source}
            hint="文件名和条号，如：本单位党建工作细则第八条"
            max={300}
          />
        </>
      )}
    </PanelForm>
  )
}

type Demand = Parameters<typeof lessThan>[0]

/** Both values, and which one will be followed. */
function Compared({ duty, demand, central }: { duty: DutyKind; demand: Demand; central: RuleView | undefined }) {
  if (!central)
    return (
      <p className="note">
        <Icon name="info" /> {DUTY_KINDS[duty]}没有中央规定的次数，按这条单位规则提醒。
      </p>
    )
  const practice = central.body.strength === 'may'
  const less = practice ? [] : lessThan(demand, central.body)
  return (
    <div className={`note ${less.length > 0 ? 'zhe' : 'song'}`} role="status">
      <Icon name={less.length > 0 ? 'warning' : 'tick'} />
      <div>
        <p>
          {practice ? '通行做法' : '中央规定'}：{frequencyText(central.body)}（{central.source}）
        </p>
        <p>这条规则：{frequencyText(demand)}</p>
        <p className="strong">
          {less.length > 0
            ? `低于中央规定：${less.join('；')}。可以登记，但提醒仍按中央规定，并会一直标出`
            : practice
              ? '条例未定频次，登记后按这条单位规则提醒'
              : '不低于中央规定，登记后按这条提醒'}
        </p>
      </div>
    </div>
  )
}
