import { useRead } from '#web/api.ts'
import { StepButton } from '#web/parts/StepButton.tsx'
import { dateText } from '#web/text.ts'
import { OFFICES } from '../contract.ts'

/** Officers and 党务干部 who were named by the system officer and wait. Shown only while there are any. */
export function OfficesToApprove() {
  const { data } = useRead('identity.offices', {})
  const waiting = data?.items.filter((item) => item.waits) ?? []
  if (waiting.length === 0) return null
  return (
    <section className="card">
      <header>
        <h2>{waiting.length} 位管理人员等核准</h2>
        <span className="small t3">核准三员的换人，原来那位马上退出</span>
      </header>
      <ul className="lines">
        {waiting.map((item) => (
          <li key={item.id}>
            <div className="grow">
              <b>{item.name}</b> 任{OFFICES[item.office]}
              <div className="small t3">
                {item.login} · {dateText(item.since)}提出
              </div>
            </div>
            <StepButton
              name="identity.approveOffice"
              label="核准"
              kind="small"
              input={{ id: item.id }}
              can={item.can.approve}
              done="已核准"
            />
            <StepButton
              name="identity.refuseOffice"
              label="不核准"
              kind="danger"
              input={{ id: item.id }}
              can={item.can.approve}
              warn={`${item.name} 不会担任${OFFICES[item.office]}。`}
              done="没有核准"
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
