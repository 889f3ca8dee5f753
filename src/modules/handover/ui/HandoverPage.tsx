import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import { type Card, STATES } from '../contract.ts'
import { BeginForm } from './BeginForm.tsx'
import { PackDetail } from './PackDetail.tsx'
import './handover.css'

/** The handovers of an organisation and those below it. */
export function HandoverPage() {
  const { org } = useOrg()
  return <Packs orgId={org?.id} org={org} />
}

/** The handovers of the person who is signed in. */
export const OwnHandoverPage = () => <Packs />

function Packs({ orgId, org }: { orgId?: string | undefined; org?: { id: string; name: string } | undefined }) {
  const [{ open }, show] = useAddress<{ open?: string }>()
  const [beginning, setBeginning] = useState(false)
  const list = useReadPages('handover.list', { ...(orgId ? { orgId } : {}), limit: 30 })
  const running = list.items.filter(({ state }) => state === 'open').length
  return (
    <>
      <PageTitle
        conclusion={running > 0 ? `${running} 份交接清单等确认` : '没有在办的交接'}
        crumb="书记交接"
        note="书记变动时，未办结的事项由系统从记录汇成一份清单；交的人和接的人各自确认，以后都能看"
        actions={
          org &&
          list.first?.can.begin && (
            <button type="button" className="button primary" onClick={() => setBeginning(true)}>
              开始交接
            </button>
          )
        }
      />
      <section className="card">
        <ListTable
          label="书记交接"
          columns={COLUMNS}
          {...list.table}
          rowKey={(row) => row.id}
          open={open}
          onOpen={(id) => show({ open: id })}
          detail={(row) => ({ title: `${row.fromName}交给${row.toName}`, content: <PackDetail id={row.id} /> })}
          empty={<Empty why="还没有办过交接" later="开始以后，到期的应办事项、任务、请示、发展党员和在途的组织关系都自动列出来。" />}
        />
      </section>
      {beginning && org && <BeginForm org={org} onClose={() => setBeginning(false)} onDone={(id) => show({ open: id })} />}
    </>
  )
}

const COLUMNS: Column<Card>[] = [
  { key: 'who', title: '谁交给谁', render: (row) => `${row.fromName} → ${row.toName}`, width: 190 },
  { key: 'org', title: '党组织', phone: 'line', render: (row) => row.orgName },
  { key: 'on', title: '交接', render: (row) => <span className="nowrap">{dateText(row.on)}</span> },
  {
    key: 'state',
    title: '办到哪一步',
    narrow: true,
    phone: 'status',
    render: (row) => <Status kind={row.state === 'signed' ? 'done' : row.state === 'open' ? 'soon' : 'calm'}>{STATES[row.state]}</Status>,
  },
]
