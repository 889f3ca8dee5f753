import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { downloadOf, useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Status } from '#web/parts/Status.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { dateText } from '#web/text.ts'
import { type Edition, STATES } from '../contract.ts'
import { RegulationDetail } from './RegulationDetail.tsx'
import { RegulationForm } from './RegulationForm.tsx'

interface Search {
  state?: 'standing' | 'review' | 'ended'
  open?: string
}

/** 制度清单: the unit's own regulations, in which edition, on what they rest, and when they are to be looked through. */
export function RulebookPage() {
  const { org } = useOrg()
  const [{ state = 'standing', open }, go] = useAddress<Search>()
  const [enacting, setEnacting] = useState(false)
  const { items, first, ...list } = useReadPages('rulebook.list', { orgId: org?.id ?? '', state }, { enabled: org !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织，这里没有制度。" />
  return (
    <>
      <PageTitle
        conclusion={
          first?.review
            ? `${first.review} 项制度到了复审的时候`
            : state === 'standing' && !list.isPending && items.length === 0
              ? '还没有登记制度'
              : '制度清单'
        }
        note="本组织和上级的制度都列在这里：哪一版现行、依据什么、系统里按它提醒什么。改一版、废一项都留有前后版本。"
        actions={
          <>
            <a className="button" href={downloadOf('rulebook.export', { orgId: org.id })} download>
              <Icon name="download" /> 导出清单
            </a>
            {first?.can.enact && (
              <button type="button" className="button primary" onClick={() => setEnacting(true)}>
                <Icon name="plus" weight={2} /> 登记制度
              </button>
            )}
          </>
        }
      />
      <section className="card" aria-label="制度">
        <Tabs
          label="哪些制度"
          active={state}
          onChange={(key) => go({ state: key, open: undefined } as never)}
          tabs={[
            { key: 'standing', label: '现行' },
            { key: 'review', label: '要复审', count: first?.review || undefined },
            { key: 'ended', label: '已修订或废止' },
          ]}
        />
        <ListTable
          label="制度"
          columns={columns}
          rows={items}
          rowKey={(r) => r.id}
          {...list}
          open={open}
          onOpen={(key) => go({ open: key } as never)}
          detail={(r) => ({ title: r.name, content: <RegulationDetail key={r.id} orgId={org.id} id={r.id} /> })}
          empty={
            <Empty
              why={state === 'standing' ? '还没有登记制度。' : state === 'review' ? '没有要复审的制度。' : '没有修订或废止过的制度。'}
              {...(state === 'standing' ? { later: '登记以后，每一版的依据、执行日期和复审日期列在这里。' } : {})}
            />
          }
        />
      </section>
      {enacting && <RegulationForm orgId={org.id} orgName={org.name} onClose={() => setEnacting(false)} />}
    </>
  )
}

const columns: Column<Edition>[] = [
  { key: 'name', title: '制度', render: (r) => r.name },
  { key: 'letter', title: '文号', render: (r) => r.letterNo || '—', phone: 'line' },
  { key: 'org', title: '所属', render: (r) => r.orgName },
  { key: 'owner', title: '负责', render: (r) => r.owner },
  { key: 'from', title: '执行', width: 130, render: (r) => `${dateText(r.validFrom)}起` },
  { key: 'edition', title: '版次', width: 70, render: (r) => `第 ${r.number} 版` },
  {
    key: 'state',
    title: '状态',
    width: 160,
    narrow: true,
    phone: 'status',
    render: (r) =>
      r.reviewDue ? (
        <Status kind="soon">{dateText(r.reviewOn!)}前复审</Status>
      ) : (
        <Status kind={r.state === 'inForce' ? 'done' : 'calm'}>{STATES[r.state]}</Status>
      ),
  },
]
