import { useState } from 'react'
import { type DatedValue, isDated, readDate } from '#kernel/civilDate.ts'
import { CORRECTION_REASONS, type CorrectionReason } from '#modules/organisation/contract.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { OrgPicker, type Picked } from '#web/parts/OrgPicker.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PrecisionDateField } from '#web/parts/PrecisionDate.tsx'
import { dateText } from '#web/text.ts'
import { STANDINGS, type Standing } from '../contract.ts'
import { lifeText } from './lifeText.ts'
import type { Member } from './MemberDetail.tsx'

const WHAT = { stay: '在哪个支部、从哪一天起', party: '入党、转正日期或人员类别' } as const

/** Puts right what was recorded wrongly of somebody's past. */
export function CorrectForm({ member, onClose }: { member: Member; onClose: () => void }) {
  const [what, setWhat] = useState<keyof typeof WHAT>('stay')
  const [reason, setReason] = useState<CorrectionReason>('mistake')
  const [id, setId] = useState(member.memberships.at(-1)?.id ?? '')
  const stay = member.memberships.find((m) => m.id === id)
  const [from, setFrom] = useState(stay?.from ?? null)
  const [until, setUntil] = useState(stay?.until ?? null)
  const [org, setOrg] = useState<Picked | null>(stay ? { id: stay.orgId, name: stay.orgName } : null)
  const [joined, setJoined] = useState(dated(member.joined))
  const [converted, setConverted] = useState(dated(member.converted))
  const now = member.standings.at(-1)?.standing ?? 'fullMember'
  const [standing, setStanding] = useState<Standing>(now)

  const choose = (next: string) => {
    const m = member.memberships.find((one) => one.id === next)!
    setId(next)
    setFrom(m.from)
    setUntil(m.until)
    setOrg({ id: m.orgId, name: m.orgName })
  }
  const input = () => {
    const common = { personId: member.personId, version: member.version, reason }
    if (what === 'stay') {
      if (!stay || !org || !from) return '请选支部，并填编入日期'
      const right = {
        id,
        ...(org.id === stay.orgId ? {} : { orgId: org.id }),
        ...(from === stay.from ? {} : { from }),
        ...(until === stay.until ? {} : { until }),
      }
      return Object.keys(right).length > 1 ? { ...common, memberships: [right] } : '和现在登记的一样，没有要更正的'
    }
    const [joinedText, convertedText] = [joined && lifeText(joined), converted && lifeText(converted)]
    const right = {
      ...(standing === now ? {} : { standing }),
      ...(joinedText && joinedText !== member.joined ? { joined: joinedText } : {}),
      ...(convertedText === member.converted ? {} : { converted: convertedText }),
    }
    return Object.keys(right).length > 0 ? { ...common, ...right } : '和现在登记的一样，没有要更正的'
  }
  const stays = Object.fromEntries(
    member.memberships.map((m) => [m.id, `${m.orgName}（${dateText(m.from)}至${m.until ? dateText(m.until) : '今'}）`]),
  )
  return (
    <PanelForm
      name="members.correct"
      open
      onClose={onClose}
      kicker={member.name}
      title="更正历史登记"
      note="只用于当时登记错了的；过去的人数和应办事项随之重算，原来的登记作为已撤回留在档案里。现在发生的变动请办转接、转正等"
      input={input}
      submit="存入更正"
      done="已更正"
    >
      {(problems) => (
        <>
          <Choice label="更正什么" value={what} options={WHAT} onChange={setWhat} />
          {what === 'stay' ? (
            <>
              {member.memberships.length > 1 && <Choice label="哪一段" value={id} options={stays} onChange={choose} />}
              <OrgPicker key={id} label="应当在哪个支部" value={org} onChange={setOrg} problem={problems['memberships.0.orgId']} />
              <LabelledDate label="应当从哪一天起" value={from} onChange={setFrom} problem={problems.memberships} />
              {stay?.until && (
                <LabelledDate
                  label="应当从哪一天起不在"
                  value={until}
                  onChange={setUntil}
                  problem={problems['memberships.0.until']}
                  hint="清空表示其实没有离开"
                />
              )}
            </>
          ) : (
            <>
              <Choice label="人员类别应当是" value={standing} options={STANDINGS} onChange={setStanding} problem={problems.standing} />
              <PrecisionDateField label="入党日期" value={joined} onChange={setJoined} />
              <PrecisionDateField label="转正日期" value={converted} onChange={setConverted} />
            </>
          )}
          <Choice label="为什么更正" value={reason} options={CORRECTION_REASONS} onChange={setReason} problem={problems.reason} />
        </>
      )}
    </PanelForm>
  )
}

function dated(text: string | null): DatedValue | null {
  const read = text === null ? null : readDate(text)
  return read && isDated(read) ? read : null
}
