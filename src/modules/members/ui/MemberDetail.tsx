import { type ReactNode, useState } from 'react'
import { CORRECTION_REASONS, type CorrectionReason, POSTS } from '#modules/organisation/contract.ts'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Slot } from '#web/Slot.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { LEAVING, type Leaving, STANDINGS, SUSPENSIONS } from '../contract.ts'
import { CorrectForm } from './CorrectForm.tsx'
import { EditForm } from './EditForm.tsx'
import { Sealed } from './Sealed.tsx'
import { type Step, StepForm } from './StepForm.tsx'

export type Member = Api['members.get']['output']

/** A member's file with its history; sealed fields are masked, and shown one by one with a reason. */
export function MemberDetail({ personId }: { personId: string }) {
  const { data: member, error, refetch } = useRead('members.get', { personId })
  const [doing, setDoing] = useState<Step | 'edit' | 'correct' | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!member) return <Skeleton lines={8} />
  const current = member.memberships.find(({ until }) => until === null)
  const standing = member.standings.at(-1)
  const causes = openCauses(member)
  const steps: Step[] = !current || !member.can.manage ? [] : stepsFor(standing?.standing, causes.length)
  return (
    <>
      <dl className="member-facts">
        <Fact label="支部" value={current ? `${current.orgName}${member.group ? ` ${member.group}` : ''}` : '现在不在名册上'} />
        <Fact
          label="人员类别"
          value={
            standing
              ? `${STANDINGS[standing.standing]}${causes.length > 0 ? `（权利中止：${causes.map((cause) => SUSPENSIONS[cause]).join('、')}）` : ''}`
              : null
          }
        />
        <Fact label="入党" value={member.joined} />
        <Fact
          label="转正"
          value={member.converted && `${member.converted}${member.partyYears === null ? '' : `，党龄 ${member.partyYears} 年`}`}
        />
        <Fact label="性别民族" value={[member.sex && { male: '男', female: '女' }[member.sex], member.nation].filter(Boolean).join('，')} />
        <Fact label="出生" value={member.birth} />
        <Fact label="学历学位" value={[member.education, member.degree].filter(Boolean).join('，')} />
        <Fact label="岗位职务" value={[member.job, member.position, member.title].filter(Boolean).join('，')} />
        <Fact
          label="工作单位"
          value={member.workplaces
            .filter(({ until }) => until === null)
            .map(({ unitName }) => unitName)
            .join('，')}
        />
        <Fact label="工号" value={member.staffNo} />
        <Sealed label="身份证号" personId={personId} field="idNumber" masked={member.idNumber} can={member.can.reveal} />
        <Sealed label="电话" personId={personId} field="phone" masked={member.phone} can={member.can.reveal} />
        <Sealed label="住址" personId={personId} field="address" masked={member.address} can={member.can.reveal} />
        {member.mobile && <Fact label="流动党员" value={member.outflow ?? '是'} />}
        {member.lost && <Fact label="失联" value="是" />}
        {member.note && <Fact label="备注" value={member.note} />}
      </dl>
      {member.can.manage && (
        <div className="row wrap member-part">
          <button type="button" className="button small" onClick={() => setDoing('edit')}>
            改档案
          </button>
          {steps.map((step) => (
            <button type="button" key={step} className={`button small ${step === 'leave' ? 'danger' : ''}`} onClick={() => setDoing(step)}>
              {STEP_NAMES[step]}
            </button>
          ))}
          <button type="button" className="button text small" onClick={() => setDoing('correct')}>
            更正历史登记
          </button>
        </div>
      )}
      <Slot name="member" id={personId} />
      <History member={member} />
      {doing === 'edit' && <EditForm member={member} onClose={() => setDoing(null)} />}
      {doing === 'correct' && <CorrectForm member={member} onClose={() => setDoing(null)} />}
      {doing && doing !== 'edit' && doing !== 'correct' && current && (
        <StepForm step={doing} member={member} membership={current} onClose={() => setDoing(null)} />
      )}
    </>
  )
}

const STEP_NAMES: Record<Step, string> = {
  convert: '转正',
  transfer: '转到另一个支部',
  suspendRights: '中止权利',
  restoreRights: '恢复权利',
  leave: '移出名册',
}

const stepsFor = (standing: string | undefined, causes: number): Step[] => [
  ...(standing === 'probationaryMember' ? (['convert'] as const) : []),
  'transfer',
  ...(causes > 0 ? (['restoreRights'] as const) : []),
  ...(causes < Object.keys(SUSPENSIONS).length ? (['suspendRights'] as const) : []),
  'leave',
]

/** For what the rights are suspended without an end. */
export const openCauses = ({ suspensions }: Member) => suspensions.filter(({ until }) => until === null).map(({ cause }) => cause)

function History({ member }: { member: Member }) {
  return (
    <>
      <Lines title="在哪些支部">
        {member.memberships.map(({ id, orgName, from, until, inferred, left }) => (
          <Line key={id} from={from} until={until}>
            {orgName}
            {inferred && <span className="tag">起始日推定</span>}
            {left && <span className="small t3">，{LEAVING[left as Leaving]}</span>}
          </Line>
        ))}
      </Lines>
      <Lines title="人员类别">
        {member.standings.map(({ from, until, standing }) => (
          <Line key={from} from={from} until={until}>
            {STANDINGS[standing]}
          </Line>
        ))}
        {member.suspensions.map(({ from, until, cause }) => (
          <Line key={`${cause}${from}`} from={from} until={until}>
            权利中止：{SUSPENSIONS[cause]}
          </Line>
        ))}
      </Lines>
      {member.posts.length > 0 && (
        <Lines title="任职">
          {member.posts.map(({ id, role, orgName, from, until }) => (
            <Line key={id} from={from} until={until}>
              {orgName} {POSTS[role]}
            </Line>
          ))}
        </Lines>
      )}
      {member.workplaces.length > 0 && (
        <Lines title="在哪些单位工作">
          {member.workplaces.map(({ unitId, unitName, from, until }) => (
            <Line key={`${unitId}${from}`} from={from} until={until}>
              {unitName}
            </Line>
          ))}
        </Lines>
      )}
      {member.corrections.length > 0 && (
        <Lines title="更正记录">
          {member.corrections.map(({ on, kind, orgName, happenedOn, standing, reason }) => (
            <li key={`${kind}${happenedOn}${on}${standing}`}>
              <span>
                已撤回：{orgName} {dateText(happenedOn)} {FACTS[kind] ?? '登记'}
                {standing && `，${STANDINGS[standing]}`}
                <span className="small t3">，{CORRECTION_REASONS[reason as CorrectionReason] ?? reason}</span>
              </span>
              <span className="small t3 nowrap">{on} 更正</span>
            </li>
          ))}
        </Lines>
      )}
    </>
  )
}

const FACTS: Record<string, string> = {
  'membership.began': '编入名册',
  'membership.ended': '离开名册',
  'standing.changed': '人员类别变更',
  'rights.suspended': '中止权利',
  'rights.restored': '恢复权利',
}

const Fact = ({ label, value }: { label: string; value: string | null }) => (
  <>
    <dt>{label}</dt>
    <dd>{value || <span className="t3">未填</span>}</dd>
  </>
)

const Lines = ({ title, children }: { title: string; children: ReactNode }) => (
  <section className="member-part">
    <h3>{title}</h3>
    <ul>{children}</ul>
  </section>
)

const Line = ({ from, until, children }: { from: string; until: string | null; children: ReactNode }) => (
  <li>
    <span>{children}</span>
    <span className="small t3 nowrap">
      {from} 至 {until ?? '今'}
    </span>
  </li>
)
