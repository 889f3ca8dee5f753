import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { DIRECTIONS, LETTER_RULE } from '../contract.ts'
import { Clashes } from './Clashes.tsx'
import { SendForm } from './SendForm.tsx'
import { TakeInForm } from './TakeInForm.tsx'
import { TransferDetail } from './TransferDetail.tsx'
import { TransferStatus } from './TransferStatus.tsx'
import './transfers.css'

type Row = Api['transfers.list']['output']['items'][number]
type View = 'coming' | 'going' | 'all'

/** What of 组织关系 is on its way to and from an organisation and those below it. */
export function TransfersPage() {
  const { org } = useOrg()
  const [{ open, view: asked }, show] = useAddress<{ open?: string; view?: View }>()
  const [form, setForm] = useState<'send' | 'takeIn' | null>(null)
  const here = org ? { orgId: org.id } : {}
  const all = useReadPages('transfers.list', { ...here, view: 'all', limit: 1 })
  const counts = all.first?.counts
  const view = asked ?? (counts && counts.coming === 0 && counts.going === 0 ? 'all' : counts && counts.coming === 0 ? 'going' : 'coming')
  const list = useReadPages('transfers.list', { ...here, view, limit: 30 })
  const elsewhere = open && !list.isPending && !list.items.some(({ id }) => id === open)
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(counts)}
        note={LETTER_RULE}
        actions={
          all.first?.can.manage &&
          org && (
            <>
              <button type="button" className="button" onClick={() => setForm('takeIn')}>
                接收外单位转来的
              </button>
              <button type="button" className="button primary" onClick={() => setForm('send')}>
                转出一名党员
              </button>
            </>
          )
        }
      />
      <div className="stack">
        <Clashes {...here} />
        <section className="card">
          <Tabs<View>
            label="看哪些转接"
            active={view}
            onChange={(to) => show({ view: to, open: undefined })}
            tabs={[
              { key: 'coming', label: '待接收', count: counts?.coming },
              { key: 'going', label: '转出未办结', count: counts?.going },
              { key: 'all', label: '全部' },
            ]}
          />
          <ListTable
            label="组织关系转接"
            columns={COLUMNS}
            {...list.table}
            rowKey={(row) => row.id}
            open={open}
            onOpen={(id) => show({ open: id })}
            detail={(row) => ({ title: `${row.name}的组织关系`, content: <TransferDetail id={row.id} /> })}
            empty={
              view === 'all' ? (
                <Empty why="还没有办过组织关系转接" later="转出、接收、退回都在这里；两边名册在接收那一天各变一次，不用再改名册。" />
              ) : (
                <Empty done why={view === 'coming' ? '没有等你们接收的' : '转出去的都办结了'} />
              )
            }
          />
        </section>
      </div>
      {elsewhere && (
        <SidePanel open onClose={() => show({ open: undefined })} title="组织关系转接">
          <TransferDetail id={open} />
        </SidePanel>
      )}
      {form === 'send' && org && <SendForm org={org} onClose={() => setForm(null)} onDone={(id) => show({ view: 'going', open: id })} />}
      {form === 'takeIn' && org && <TakeInForm org={org} onClose={() => setForm(null)} onDone={(id) => show({ view: 'all', open: id })} />}
    </>
  )
}

function conclusionOf(counts: { coming: number; going: number; expired: number } | undefined): string {
  if (!counts) return '组织关系转接'
  const { coming, going, expired } = counts
  if (coming === 0 && going === 0) return '组织关系没有在途的'
  const parts = [coming > 0 && `${coming} 人等你们接收`, going > 0 && `${going} 人转出未办结`, expired > 0 && `${expired} 封介绍信已过期`]
  return parts.filter(Boolean).join('，')
}

const COLUMNS: Column<Row>[] = [
  { key: 'name', title: '姓名', render: (row) => row.name, width: 110 },
  { key: 'way', title: '从哪里到哪里', narrow: true, phone: 'line', render: (row) => `${row.fromName} → ${row.toName}` },
  { key: 'direction', title: '类别', render: (row) => DIRECTIONS[row.direction] },
  { key: 'sentOn', title: '开出', render: (row) => <span className="nowrap">{dateText(row.sentOn)}</span> },
  { key: 'until', title: '有效期至', render: (row) => <span className="nowrap">{dateText(row.validUntil)}</span> },
  { key: 'state', title: '办到哪一步', narrow: true, phone: 'status', render: (row) => <TransferStatus {...row} /> },
]
