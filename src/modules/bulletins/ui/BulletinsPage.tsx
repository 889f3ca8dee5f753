import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { dateText } from '#web/text.ts'
import { BULLETIN_STATES } from '../contract.ts'
import { WordsForm } from './WordsForm.tsx'
import './bulletins.css'

const TONES = { draft: 'hu', issued: 'song', withdrawn: '' } as const

/** What committees told those below about what records show, the newest first. */
export function BulletinsPage() {
  const { org } = useOrg()
  const [writing, setWriting] = useState(false)
  const navigate = useNavigate()
  const list = useReadPages('bulletins.list', { orgId: org?.id ?? '', limit: 50 }, { enabled: org !== undefined })
  if (!org)
    return (
      <>
        <PageTitle conclusion="通报" />
        <Empty why="你还没有所在的党组织，这里没有通报。" />
      </>
    )
  return (
    <>
      <PageTitle
        conclusion="通报"
        note="一段时间里记录反映的情况：数字从记录算出，印发时固定，点开能看到出处。"
        actions={
          list.first?.can.write && (
            <button type="button" className="button primary" onClick={() => setWriting(true)}>
              <Icon name="plus" weight={2} /> 起草通报
            </button>
          )
        }
      />
      <section className="card">
        <ListTable
          label="通报"
          {...list.table}
          rowKey={(b) => b.id}
          empty={<Empty why="还没有通报。" later="上级印发的通报会出现在这里。" />}
          columns={[
            {
              key: 'title',
              title: '标题',
              render: (b) => (
                <Link to={'/bulletins/$id' as never} params={{ id: b.id } as never}>
                  {b.title}
                </Link>
              ),
            },
            { key: 'span', title: '时间段', render: (b) => `${dateText(b.from)}至${dateText(b.to)}`, phone: 'line' },
            { key: 'org', title: '印发单位', render: (b) => b.orgName },
            { key: 'docNo', title: '文号', render: (b) => b.docNo ?? '' },
            {
              key: 'state',
              title: '状态',
              phone: 'status',
              render: (b) => <span className={`tag ${TONES[b.state]}`}>{BULLETIN_STATES[b.state]}</span>,
            },
          ]}
        />
      </section>
      {writing && (
        <WordsForm
          org={org}
          onClose={() => setWriting(false)}
          onDone={(id) => void navigate({ to: '/bulletins/$id', params: { id } } as never)}
        />
      )}
    </>
  )
}
