import { today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { StepButton } from '#web/parts/StepButton.tsx'
import { KINDS } from '../contract.ts'
import { PlanStatus } from './Plans.tsx'

/** On one's own page: the members one keeps contact with, one tap for today. Nothing when there are none. */
export function MyContacts(_: { id: string }) {
  const { data } = useRead('care.mine', {})
  if (!data || data.items.length === 0) return null
  return (
    <section className="card" aria-label="我联系的党员">
      <header>
        <h2>我联系的党员</h2>
        <span className="small t3">只记日期，不记内容</span>
      </header>
      <ul className="inside stack">
        {data.items.map((row) => (
          <li key={row.id} className="row wrap">
            <span className="grow">
              <span className="strong">{row.name}</span> <span className="small t2">{KINDS[row.kind]}</span>
            </span>
            <PlanStatus {...row} />
            <StepButton
              name="care.contact"
              kind="small"
              label="今天联系过"
              input={{ id: row.id, on: today() }}
              can={row.lastOn === today() ? '今天已经记过' : true}
              done="已记下今天的联系"
            />
          </li>
        ))}
      </ul>
    </section>
  )
}
