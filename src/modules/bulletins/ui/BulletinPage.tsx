import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { downloadOf, useRead } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import { type BranchNumbers, BULLETIN_STATES, type BulletinView, summaryOf } from '../contract.ts'
import { WordsForm } from './WordsForm.tsx'
import './bulletins.css'

/** One bulletin: its words beside the numbers, each of which leads to where it comes from. */
export function BulletinPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error, refetch } = useRead('bulletins.get', { id })
  const [form, setForm] = useState<'edit' | 'issue' | 'withdraw'>()
  if (error || !data)
    return (
      <>
        <PageTitle conclusion="通报" crumb="通报" />
        {error ? <ErrorCard error={error} again={refetch} /> : <Skeleton lines={10} />}
      </>
    )
  const close = () => setForm(undefined)
  return (
    <>
      <PageTitle
        crumb={data.title}
        conclusion={data.title}
        badge={<span className="tag">{BULLETIN_STATES[data.state]}</span>}
        note={noteOf(data)}
        actions={
          <>
            <PaperLinks label="通报" of={(format) => downloadOf('bulletins.paper', { id, format })} />
            {data.can.edit === true && (
              <button type="button" className="button" onClick={() => setForm('edit')}>
                修改
              </button>
            )}
            {data.can.issue === true && (
              <button type="button" className="button primary" onClick={() => setForm('issue')}>
                印发
              </button>
            )}
            {data.can.withdraw === true && (
              <button type="button" className="button" onClick={() => setForm('withdraw')}>
                撤回
              </button>
            )}
          </>
        }
      />
      <div className="stack">
        {data.withdrawnWhy && <p className="note hu">已撤回：{data.withdrawnWhy}</p>}
        <section className="card bulletin-words" aria-label="正文">
          {data.body && <p className="bulletin-body">{data.body}</p>}
          <p>{summaryOf(data.numbers).join('')}</p>
        </section>
        <section className="card" aria-label="各支部情况">
          <header>
            <h2>各支部情况</h2>
          </header>
          <ListTable
            label="各支部情况"
            rows={data.numbers.branches}
            rowKey={(b) => b.orgId}
            columns={columns}
            empty={<Empty why="下面没有支部。" />}
            foot={`按 ${dateText(data.numbers.asAt)} 的记录`}
          />
        </section>
      </div>
      {form === 'edit' && <WordsForm before={data} onClose={close} />}
      {form === 'issue' && <IssueForm bulletin={data} onClose={close} />}
      {form === 'withdraw' && <WithdrawForm bulletin={data} onClose={close} />}
    </>
  )
}

const noteOf = (b: BulletinView) =>
  `${b.orgName}　${dateText(b.from)}至${dateText(b.to)}${b.docNo ? `　${b.docNo}，${dateText(b.issuedOn!)}印发，数字已固定` : '　印发前数字跟着记录变'}`

const to = (path: string, orgId: string, words: string) => (
  <Link to={path as never} search={{ org: orgId } as never}>
    {words}
  </Link>
)

const columns: Column<BranchNumbers>[] = [
  { key: 'name', title: '支部', render: (b) => b.name },
  { key: 'meetings', title: '会议', align: 'right', render: (b) => to('/meetings/list', b.orgId, `${b.meetings} 次会议`), phone: 'line' },
  { key: 'duties', title: '应办 已办／到期', align: 'right', render: (b) => to('/duties', b.orgId, `${b.met}／${b.due}`) },
  {
    key: 'late',
    title: '逾期未办',
    render: (b) => (b.overdue === 0 ? <span className="t3">没有逾期</span> : <span className="bulletin-late">{b.late.join('、')}</span>),
    phone: 'status',
  },
  { key: 'tasks', title: '任务 按期／到期', align: 'right', render: (b) => to('/tasks', b.orgId, `${b.tasksOnTime}／${b.tasks}`) },
  { key: 'tasksLate', title: '任务逾期', align: 'right', render: (b) => String(b.tasksLate) },
]

function IssueForm({ bulletin, onClose }: { bulletin: BulletinView; onClose: () => void }) {
  const [docNo, setDocNo] = useState('')
  const [on, setOn] = useState<string | null>(today())
  return (
    <PanelForm
      name="bulletins.issue"
      open
      onClose={onClose}
      kicker={bulletin.orgName}
      title="印发通报"
      note={`印发以后数字固定，不能再改，并告诉下面 ${bulletin.numbers.branches.length} 个支部。`}
      input={() =>
        docNo.trim().length < 2 ? '请写文号' : !on ? '请填印发日期' : { id: bulletin.id, version: bulletin.version, docNo, on }
      }
      submit="印发"
      done="已印发"
    >
      {(problems) => (
        <>
          <TextLine label="文号" value={docNo} onChange={setDocNo} problem={problems.docNo} max={60} />
          <LabelledDate label="印发日期" value={on} onChange={setOn} problem={problems.on} />
        </>
      )}
    </PanelForm>
  )
}

function WithdrawForm({ bulletin, onClose }: { bulletin: BulletinView; onClose: () => void }) {
  const [why, setWhy] = useState('')
  return (
    <PanelForm
      name="bulletins.withdraw"
      open
      onClose={onClose}
      kicker={bulletin.docNo ?? ''}
      title="撤回通报"
      note="撤回以后下面还看得到这份通报，标明已撤回和原因。"
      input={() => (why.trim().length < 2 ? '请写明为什么撤回' : { id: bulletin.id, version: bulletin.version, why })}
      submit="撤回"
      done="已撤回"
    >
      {(problems) => <TextLine label="为什么撤回" value={why} onChange={setWhy} problem={problems.why} max={200} />}
    </PanelForm>
  )
}
