import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { dateText } from '#web/text.ts'
import { ARRANGEMENTS, KINDS, type PlanRow } from '../contract.ts'
import { ContactForm } from './ContactForm.tsx'
import { EndForm } from './EndForm.tsx'
import { PlanForm } from './PlanForm.tsx'

/** One member away, lost or retired: the plan, what rules say, and the days of contact. */
export function PlanDetail({ row }: { row: PlanRow }) {
  const [form, setForm] = useState<'plan' | 'end' | 'contact' | null>(null)
  const close = () => setForm(null)
  return (
    <div className="stack">
      {row.hints.map((hint) => (
        <div key={hint.code} className="note hu">
          <p>{hint.says}。</p>
          <p className="small t2">依据：{hint.source}</p>
        </div>
      ))}
      {row.id === null && <p className="note hu">花名册上标了{KINDS[row.kind]}，还没有定由谁联系、多久联系一次。</p>}
      <dl className="care-facts">
        <dt>支部</dt>
        <dd>{row.orgName}</dd>
        <dt>类别</dt>
        <dd>
          {KINDS[row.kind]}
          {row.abroad && '（出国、出境）'}
          {row.since && `，${dateText(row.since)}起`}
        </dd>
        {row.place && (
          <>
            <dt>去向</dt>
            <dd>
              {row.place}
              {row.settled && '（地点固定）'}
            </dd>
          </>
        )}
        {row.arrangement && (
          <>
            <dt>编在</dt>
            <dd>{ARRANGEMENTS[row.arrangement]}</dd>
          </>
        )}
        {row.everyDays && (
          <>
            <dt>联系</dt>
            <dd>
              {row.contactName ?? '没有定联系人'}，每 {row.everyDays} 天一次
            </dd>
          </>
        )}
      </dl>
      <div className="row wrap">
        {row.can.contact && (
          <StepButton
            name="care.contact"
            kind="primary"
            label="今天联系过"
            input={{ id: row.id, on: today() }}
            can
            done="已记下今天的联系"
          />
        )}
        {row.can.contact && (
          <button type="button" className="button small" onClick={() => setForm('contact')}>
            补记一天
          </button>
        )}
        {row.can.manage && (
          <button type="button" className={`button small ${row.id ? '' : 'primary'}`} onClick={() => setForm('plan')}>
            {row.id ? '修改计划' : '建立联系计划'}
          </button>
        )}
        {row.can.manage && row.id && (
          <button type="button" className="button small" onClick={() => setForm('end')}>
            结束
          </button>
        )}
      </div>
      {row.id && <Contacts id={row.id} can={row.can.contact} />}
      {form === 'plan' && <PlanForm row={row} onClose={close} />}
      {form === 'end' && <EndForm row={row} onClose={close} />}
      {form === 'contact' && <ContactForm row={row} onClose={close} />}
    </div>
  )
}

function Contacts({ id, can }: { id: string; can: boolean }) {
  const { data, error, refetch } = useRead('care.get', { id })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={3} />
  return (
    <>
      {data.terms.length > 1 && (
        <p className="small t2">{data.terms.map(({ from, everyDays }) => `${dateText(from)}起每 ${everyDays} 天一次`).join('；以前 ')}</p>
      )}
      {data.contacts.length === 0 ? <p className="small t3">还没有记过联系。</p> : <Days id={id} can={can} contacts={data.contacts} />}
    </>
  )
}

function Days({ id, can, contacts }: { id: string; can: boolean; contacts: { on: string; by: string | null }[] }) {
  return (
    <ul className="care-days" aria-label="联系过的日子">
      {contacts.map(({ on, by }) => (
        <li key={on}>
          <span className="grow">
            {dateText(on)}
            <span className="small t3">{by && `，${by}`}</span>
          </span>
          {can && <StepButton name="care.dropContact" kind="small" label="记错了" input={{ id, on }} can done="已撤回" />}
        </li>
      ))}
    </ul>
  )
}
