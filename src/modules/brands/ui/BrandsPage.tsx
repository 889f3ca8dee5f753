import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import type { Brand } from '../contract.ts'
import { BrandDetail } from './BrandDetail.tsx'
import { BrandForm } from './BrandForms.tsx'
import './brands.css'

/** What branches are known for, with what was done for it. */
export function BrandsPage() {
  const { org } = useOrg()
  const [{ open }, show] = useAddress<{ open?: string }>()
  const [beginning, setBeginning] = useState(false)
  const list = useReadPages('brands.list', { orgId: org?.id ?? '', limit: 30 }, { enabled: org !== undefined })
  const active = list.items.filter(({ withdrawnOn }) => withdrawnOn === null)
  const idle = active.filter(({ inactive }) => inactive).length
  return (
    <>
      <PageTitle
        conclusion={idle > 0 ? `${idle} 个品牌一年没有活动记录` : active.length > 0 ? '支部品牌都有活动记录' : '支部品牌'}
        crumb="支部品牌"
        note="一个支部一个品牌：怎样创建、做了什么都看记录，每年评议一次；一年没有活动的可以撤下，不评奖、不排名。"
        actions={
          org &&
          list.first?.can.begin &&
          !active.some(({ orgId }) => orgId === org.id) && (
            <button type="button" className="button primary" onClick={() => setBeginning(true)}>
              创建品牌
            </button>
          )
        }
      />
      {!org && <Empty why="你还没有所在的党组织。" />}
      {org && (
        <section className="card" aria-label="支部品牌">
          <ListTable
            label="支部品牌"
            columns={COLUMNS}
            {...list.table}
            rowKey={(b) => b.id}
            open={open}
            onOpen={(id) => show({ open: id })}
            detail={(b) => ({ title: b.name, content: <BrandDetail id={b.id} /> })}
            empty={<Empty why="还没有支部创建品牌" later="创建以后，把会议、活动和办结的任务关联上来。" />}
          />
        </section>
      )}
      {beginning && org && <BrandForm org={org} onClose={() => setBeginning(false)} />}
    </>
  )
}

const COLUMNS: Column<Brand>[] = [
  { key: 'name', title: '品牌', render: (b) => b.name },
  { key: 'org', title: '支部', phone: 'line', render: (b) => b.orgName },
  { key: 'records', title: '活动记录', render: (b) => (b.lastOn ? `${b.records} 条，最近${dateText(b.lastOn)}` : '还没有') },
  { key: 'review', title: '评议', render: (b) => (b.reviewedYear ? `${b.reviewedYear} 年` : <span className="t3">还没有</span>) },
  { key: 'state', title: '状态', width: 130, phone: 'status', render: (b) => <BrandState {...b} /> },
]

export const BrandState = ({ withdrawnOn, inactive }: Pick<Brand, 'withdrawnOn' | 'inactive'>) => (
  <Status kind={withdrawnOn ? 'note' : inactive ? 'late' : 'done'}>{withdrawnOn ? '已撤下' : inactive ? '没有活动' : '在创建'}</Status>
)
