import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { ACCOUNT_STATES, OFFICES, type Office } from '../contract.ts'
import { type Paper, SlipPaper } from './SlipPaper.tsx'

type Issued = Api['identity.issueOffice']['output']

/** The three officers and the 党务干部 of the whole unit: who they are, who waits, and slips for those who are missing. */
export function Offices() {
  const { data, error, refetch } = useRead('identity.offices', {})
  const [issuing, setIssuing] = useState<Office | null>(null)
  const [paper, setPaper] = useState<Paper | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={4} />
  if (paper) return <SlipPaper paper={paper} onClose={() => setPaper(null)} />
  const roles = Object.keys(OFFICES) as Office[]
  const next = roles.find((office) => !data.items.some((item) => item.office === office))
  return (
    <>
      <ul className="lines">
        {roles.flatMap((office) => {
          const held = data.items.filter((item) => item.office === office)
          if (held.length === 0)
            return [
              <li key={office}>
                <div className="grow">
                  <b>{OFFICES[office]}</b>
                  <div className="small t3">{DUTIES[office]}</div>
                </div>
                <Status kind="soon">还没有人</Status>
                <button type="button" className={`button small ${office === next ? 'primary' : ''}`} onClick={() => setIssuing(office)}>
                  发开通条
                </button>
              </li>,
            ]
          return held.map((item) => (
            <li key={item.id}>
              <div className="grow">
                <b>{OFFICES[office]}</b> {item.name}
                <div className="small t3">
                  {item.login} · {dateText(item.since)}起 · {DUTIES[office]}
                </div>
              </div>
              {item.waits ? (
                <Status kind="soon">等安全管理员核准</Status>
              ) : (
                <Status kind={item.state === 'active' ? 'done' : 'soon'}>{ACCOUNT_STATES[item.state]}</Status>
              )}
              <button type="button" className="button small" onClick={() => setIssuing(office)}>
                {item.state === 'invited' ? '重发开通条' : office === 'partyAffairsWorker' ? '再加一位' : '换人'}
              </button>
              {office === 'partyAffairsWorker' && !item.waits && (
                <StepButton
                  name="identity.endOffice"
                  label="结束职务"
                  kind="danger"
                  input={{ id: item.id }}
                  can={item.can.end}
                  warn={`${item.name} 马上退出登录，不再能管组织和名册。已录入的内容都在。`}
                  done="职务已结束"
                />
              )}
            </li>
          ))
        })}
      </ul>
      {issuing && (
        <IssueForm
          office={issuing}
          onClose={() => setIssuing(null)}
          onDone={({ slip, until }) => slip && until && setPaper({ title: OFFICES[issuing], slips: [slip], until })}
        />
      )}
    </>
  )
}

const DUTIES: Record<Office, string> = {
  systemOfficer: '管账号和运行，看不到业务内容',
  securityOfficer: '核准授权，定密码规则，不能给自己授权',
  auditOfficer: '查操作留痕，什么都不改',
  partyAffairsWorker: '建组织、导名册、定规则和考核方案',
}

const DAYS = { '1': '1 天', '7': '7 天', '30': '30 天' }

function IssueForm({ office, onClose, onDone }: { office: Office; onClose: () => void; onDone: (issued: Issued) => void }) {
  const [name, setName] = useState('')
  const [login, setLogin] = useState('')
  const [days, setDays] = useState<keyof typeof DAYS>('7')
  return (
    <PanelForm
      name="identity.issueOffice"
      open
      onClose={onClose}
      kicker="发开通条"
      title={OFFICES[office]}
      note="三员和党务干部必须是不同的人。安全管理员到位以后，再换人都要他核准"
      input={() => (name.trim() && login.trim() ? { office, name, login, validDays: Number(days) } : '请填姓名和工号或手机号')}
      submit="做一张开通条"
      done="开通条做好了"
      onDone={onDone}
    >
      {(problems) => (
        <>
          <TextLine label="姓名" value={name} onChange={setName} problem={problems.name} max={60} />
          <TextLine label="工号或手机号" value={login} onChange={setLogin} problem={problems.login} hint="登录时用它" max={60} />
          <Choice label="几天内有效" value={days} options={DAYS} onChange={setDays} problem={problems.validDays} />
        </>
      )}
    </PanelForm>
  )
}
