import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { Status } from '#web/parts/Status.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { momentText } from '#web/text.ts'
import { type Correction, STATES } from '../contract.ts'

/** What members of an organisation asked to have corrected about themselves. */
export function CorrectionsPage() {
  const { org } = useOrg()
  const [{ open }, show] = useAddress<{ open?: string }>()
  const list = useReadPages('privacy.corrections', { ...(org ? { orgId: org.id } : {}), limit: 30 })
  const waiting = list.items.filter(({ state }) => state === 'open').length
  return (
    <>
      <PageTitle
        conclusion={waiting > 0 ? `${waiting} 条更正请求等你们核对` : '没有等着核对的更正请求'}
        crumb="信息更正"
        note="党员对自己的信息提出更正；先在党员名册里改好，再在这里答复本人"
      />
      <section className="card">
        <ListTable
          label="更正请求"
          columns={COLUMNS}
          {...list.table}
          rowKey={(row) => row.id}
          open={open}
          onOpen={(id) => show({ open: id })}
          detail={(row) => ({ title: `${row.name}：${row.what}`, content: <Detail row={row} /> })}
          empty={<Empty done why="没有人提过更正" />}
        />
      </section>
    </>
  )
}

function Detail({ row }: { row: Correction }) {
  const [answering, setAnswering] = useState(false)
  return (
    <div className="stack">
      <p className="note">{row.says}</p>
      {row.answer && (
        <p className="small t2">
          {row.answeredBy}答复：{row.answer}
        </p>
      )}
      {row.can.answer && (
        <div className="row wrap">
          <button type="button" className="button small primary" onClick={() => setAnswering(true)}>
            答复本人
          </button>
        </div>
      )}
      {answering && <AnswerForm row={row} onClose={() => setAnswering(false)} />}
    </div>
  )
}

function AnswerForm({ row, onClose }: { row: Correction; onClose: () => void }) {
  const [done, setDone] = useState<'done' | 'declined'>('done')
  const [answer, setAnswer] = useState('')
  return (
    <PanelForm
      name="privacy.answer"
      open
      onClose={onClose}
      kicker={`${row.name}：${row.what}`}
      title="答复更正请求"
      input={() =>
        answer.trim().length < 2 ? '请写明改了什么，或为什么不改' : { id: row.id, version: row.version, done: done === 'done', answer }
      }
      submit="答复本人"
      done="已答复，本人会收到通知"
    >
      {(problems) => (
        <>
          <Segments label="结果" value={done} options={{ done: '已更正', declined: '核对后不改' }} onChange={setDone} />
          <TextArea label="改了什么，或为什么不改" value={answer} onChange={setAnswer} problem={problems.answer} max={500} />
        </>
      )}
    </PanelForm>
  )
}

const COLUMNS: Column<Correction>[] = [
  { key: 'name', title: '姓名', render: (row) => row.name, width: 110 },
  { key: 'what', title: '哪一项', narrow: true, phone: 'line', render: (row) => row.what },
  { key: 'org', title: '支部', render: (row) => row.orgName },
  { key: 'askedAt', title: '提出', render: (row) => <span className="nowrap">{momentText(row.askedAt)}</span> },
  {
    key: 'state',
    title: '办到哪一步',
    narrow: true,
    phone: 'status',
    render: (row) => <Status kind={row.state === 'open' ? 'soon' : row.state === 'done' ? 'done' : 'calm'}>{STATES[row.state]}</Status>,
  },
]
