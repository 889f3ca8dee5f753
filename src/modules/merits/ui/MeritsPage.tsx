import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { dateText } from '#web/text.ts'
import type { Merit } from '../contract.ts'
import { RewardForm, SanctionForm } from './GiveForms.tsx'
import { MeritDetail } from './MeritDetail.tsx'
import { MeritStatus } from './MeritStatus.tsx'

type View = 'inEffect' | 'sanction' | 'reward'

/** Rewards and sanctions of an organisation and those below it, as far as this reader may see them. */
export function MeritsPage() {
  const { org } = useOrg()
  const [{ open, view: asked }, show] = useAddress<{ open?: string; view?: View }>()
  const [form, setForm] = useState<'reward' | 'sanction' | null>(null)
  const here = org ? { orgId: org.id } : {}
  const all = useReadPages('merits.list', { ...here, limit: 1 })
  const counts = all.first?.counts
  const discipline = all.first?.can.sanction === true
  const view: View = asked ?? (discipline && (counts?.inEffect ?? 0) > 0 ? 'inEffect' : 'reward')
  const wanted = view === 'inEffect' ? { nature: 'sanction' as const, inEffect: true } : { nature: view }
  const list = useReadPages('merits.list', { ...here, ...wanted, limit: 30 })
  const reward = { key: 'reward' as const, label: '奖励', count: counts?.rewards }
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(counts, discipline)}
        note={all.first?.rule}
        actions={
          <>
            {discipline && (
              <button type="button" className="button" onClick={() => setForm('sanction')}>
                登记处分
              </button>
            )}
            {all.first?.can.reward && (
              <button type="button" className="button primary" onClick={() => setForm('reward')}>
                登记奖励
              </button>
            )}
          </>
        }
      />
      <section className="card">
        <Tabs<View>
          label="看哪些"
          active={view}
          onChange={(to) => show({ view: to, open: undefined })}
          tabs={
            discipline
              ? [
                  { key: 'inEffect', label: '影响期内', count: counts?.inEffect },
                  { key: 'sanction', label: '全部处分', count: counts?.sanctions },
                  reward,
                ]
              : [reward]
          }
        />
        <ListTable
          label="奖励与处分"
          columns={COLUMNS}
          {...list.table}
          rowKey={(row) => row.id}
          open={open}
          onOpen={(id) => show({ open: id })}
          detail={(row) => ({ title: `${row.name}：${row.title}`, content: <MeritDetail row={row} /> })}
          empty={
            view === 'reward' ? (
              <Empty why="还没有登记奖励" later="登记以后，党员本人、名册和评先材料里都能看到，不用再抄一遍。" />
            ) : (
              <Empty done why={view === 'inEffect' ? '没有人在处分影响期内' : '没有登记过处分'} />
            )
          }
        />
      </section>
      {form === 'reward' && <RewardForm onClose={() => setForm(null)} />}
      {form === 'sanction' && <SanctionForm onClose={() => setForm(null)} />}
    </>
  )
}

function conclusionOf(counts: { rewards: number; inEffect: number } | undefined, discipline: boolean): string {
  if (!counts) return '奖励与处分'
  if (!discipline) return counts.rewards > 0 ? `登记了 ${counts.rewards} 项奖励` : '还没有登记奖励'
  return counts.inEffect > 0 ? `${counts.inEffect} 人次在处分影响期内，提名时会拦住` : '没有人在处分影响期内'
}

const COLUMNS: Column<Merit>[] = [
  { key: 'name', title: '姓名', render: (row) => row.name, width: 110 },
  { key: 'title', title: '奖励或处分', narrow: true, phone: 'line', render: (row) => row.title },
  { key: 'org', title: '支部', render: (row) => row.orgName },
  { key: 'approvedOn', title: '批准', render: (row) => <span className="nowrap">{dateText(row.approvedOn)}</span> },
  { key: 'docNo', title: '文号', render: (row) => row.docNo },
  { key: 'state', title: '现在', narrow: true, phone: 'status', render: (row) => <MeritStatus {...row} /> },
]
