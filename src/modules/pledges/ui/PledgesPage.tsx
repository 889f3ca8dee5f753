import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useRead, useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { dateText } from '#web/text.ts'
import { ACCOUNTS, KINDS, type Pledge, STATES } from '../contract.ts'
import { AccountForm, PublishForm, WithdrawForm } from './PledgeForms.tsx'
import './pledges.css'

/** What people promised in public to whom the reader belongs, and the reader's own. */
export function PledgesPage() {
  const [{ view = 'public', open }, show] = useAddress<{ view?: 'public' | 'mine'; open?: string }>()
  const [publishing, setPublishing] = useState(false)
  const list = useReadPages('pledges.list', { mine: view === 'mine', limit: 30 })
  const expired = list.items.filter(({ state }) => state === 'expired').length
  return (
    <>
      <PageTitle
        conclusion={expired > 0 ? `${expired} 项承诺到期，还没有说明` : '公开承诺'}
        crumb="公开承诺"
        note="向谁公开，谁就看得到；到期以后本人说明，旁边是系统里的记录。不打分、不排名。"
        actions={
          list.first?.can.publish && (
            <button type="button" className="button primary" onClick={() => setPublishing(true)}>
              公开承诺
            </button>
          )
        }
      />
      <section className="card" aria-label="承诺">
        <Tabs
          label="看谁的"
          active={view}
          onChange={(key) => show({ view: key, open: undefined })}
          tabs={[
            { key: 'public' as const, label: '公开的' },
            { key: 'mine' as const, label: '我的' },
          ]}
        />
        <ListTable
          label="承诺"
          columns={COLUMNS}
          {...list.table}
          rowKey={(p) => p.id}
          open={open}
          onOpen={(id) => show({ open: id })}
          detail={(p) => ({ title: `${p.name}的${KINDS[p.kind]}`, content: <PledgeDetail id={p.id} /> })}
          empty={<Empty why={view === 'mine' ? '你还没有公开过承诺' : '还没有人向你所在的范围公开承诺'} />}
        />
      </section>
      {publishing && <PublishForm onClose={() => setPublishing(false)} />}
    </>
  )
}

const COLUMNS: Column<Pledge>[] = [
  { key: 'name', title: '姓名', render: (p) => p.name },
  { key: 'text', title: '承诺', phone: 'line', render: (p) => <span className="pledge-line">{p.text}</span> },
  { key: 'kind', title: '类别', render: (p) => KINDS[p.kind] },
  { key: 'until', title: '到什么时候', render: (p) => dateText(p.until) },
  { key: 'state', title: '状态', width: 170, phone: 'status', render: (p) => <PledgeState {...p} /> },
]

const PledgeState = ({ state, account }: Pick<Pledge, 'state' | 'account'>) => (
  <Status kind={account === 'kept' ? 'done' : state === 'expired' ? 'late' : 'note'}>
    {state === 'accounted' ? `本人说明：${ACCOUNTS[account!]}` : STATES[state]}
  </Status>
)

function PledgeDetail({ id }: { id: string }) {
  const { data: p, error, refetch } = useRead('pledges.get', { id })
  const [doing, setDoing] = useState<'account' | 'withdraw' | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!p) return <Skeleton lines={6} />
  return (
    <div className="stack">
      <p className="row wrap">
        <PledgeState {...p} />
        <span className="t2">
          {p.orgName}，{dateText(p.on)}向{p.audience}公开，到{dateText(p.until)}
        </span>
      </p>
      <blockquote className="pledge-text">{p.text}</blockquote>
      {p.account && (
        <section>
          <h3>本人说明</h3>
          <p className="pledge-text">{p.accountText}</p>
          <p className="small t3">
            {ACCOUNTS[p.account]}，{dateText(p.accountOn!)}
          </p>
        </section>
      )}
      {p.withdrawnOn && (
        <p className="note">
          {dateText(p.withdrawnOn)}撤回：{p.withdrawnNote}
        </p>
      )}
      <section>
        <h3>同一时间的记录</h3>
        <ul className="pledge-records">
          {p.records.map(({ says, open }) => (
            <li key={says}>{open ? <Link to={open as '/'}>{says}</Link> : says}</li>
          ))}
          {p.records.length === 0 && <li className="small t3">系统里没有本人这段时间的记录。</li>}
        </ul>
        <p className="small t3">
          {dateText(p.on)}至{dateText(p.recordsUntil)}，从记录里数出来的，不是评价。
        </p>
      </section>
      <div className="row wrap">
        {p.can.account && (
          <button type="button" className="button small primary" onClick={() => setDoing('account')}>
            {p.account ? '改说明' : '说明做得怎样'}
          </button>
        )}
        {p.can.withdraw && (
          <button type="button" className="button small" onClick={() => setDoing('withdraw')}>
            撤回
          </button>
        )}
      </div>
      {doing === 'account' && <AccountForm pledge={p} onClose={() => setDoing(null)} />}
      {doing === 'withdraw' && <WithdrawForm pledge={p} onClose={() => setDoing(null)} />}
    </div>
  )
}
