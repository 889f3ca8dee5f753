import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { downloadOf, useRead, useUpload } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { FileDrop } from '#web/parts/FileDrop.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Progress } from '#web/parts/Progress.tsx'
import { Status } from '#web/parts/Status.tsx'
import { countText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import './meetings.css'

type Result = Api['meetings.importLedger']['output']
type Remark = Result['rows'][number]
type Confirmed = { written: string; orgId: string }

const LIMIT = 50 * 1024 * 1024

/** Brings a year's paper ledger in: first what would happen, row by row, then the import itself. */
export function ImportPage() {
  const [file, setFile] = useState<File | null>(null)
  const [jobId, setJobId] = useState('')
  const [branches, setBranches] = useState<Confirmed[]>([])
  const upload = useUpload('meetings.importLedger')
  const [imported, setImported] = useState(false)
  const send = (chosen: File, dryRun: boolean, confirmed = branches) => {
    const id = crypto.randomUUID()
    setJobId(id)
    upload.mutate({ input: { dryRun, jobId: id, branches: confirmed }, file: chosen }, { onSuccess: () => setImported(!dryRun) })
  }
  const take = (chosen: File) => {
    setFile(chosen)
    setImported(false)
    setBranches([])
    send(chosen, true, [])
  }
  const result = upload.data
  return (
    <>
      <PageTitle
        conclusion={titleOf(result, imported)}
        crumb="导入台账"
        note="台账是历史：与名册或现行规定不一致的只作提示，留在记录里，不会拒收。导入的记录标为已归档（纸质）。"
      />
      <div className="stack">
        {!upload.isPending && !result && (
          <section className="card">
            <FileDrop
              title="把三会一课台账拖到这里"
              note="先核对，不写入；看过结果再导入。"
              accept={['.xlsx', '.xls', '.csv']}
              limit={LIMIT}
              onFile={take}
            />
          </section>
        )}
        {upload.isPending && <Running jobId={jobId} />}
        {upload.error && <ErrorCard error={upload.error} />}
        {result && !upload.isPending && (
          <>
            <Counts result={result} />
            {!imported && (
              <Asks
                jobId={jobId}
                branches={branches}
                onConfirm={(next) => {
                  setBranches(next)
                  if (file) send(file, true, next)
                }}
              />
            )}
            <Next
              result={result}
              imported={imported}
              jobId={jobId}
              onImport={() => file && send(file, false)}
              onOther={() => upload.reset()}
            />
            <section className="card">
              <header>
                <h2>需要核对的行</h2>
                <span className="small t2">{result.rows.length} 处</span>
              </header>
              <ListTable
                label="需要核对的行"
                columns={columns}
                rows={result.rows}
                rowKey={(r) => `${r.row}-${r.column}-${r.problem}`}
                empty={<Empty done why="每一行都能导入，没有要核对的。" />}
              />
            </section>
          </>
        )}
      </div>
    </>
  )
}

function titleOf(result: Result | undefined, imported: boolean): string {
  if (!result) return '导入三会一课台账'
  if (imported) return `已导入 ${countText(result.new)} 次会议`
  return result.wrong > 0 ? `可导入 ${countText(result.new)} 次，${result.wrong} 行有错` : `可导入 ${countText(result.new)} 次会议`
}

function Running({ jobId }: { jobId: string }) {
  const { data } = useRead('meetings.importState', { jobId }, { refetchInterval: 1000, enabled: jobId !== '' })
  return (
    <section className="card">
      <div className="inside">
        <Progress doing="正在逐行核对台账" done={data?.rows ?? 0} />
      </div>
    </section>
  )
}

const COUNTS = { new: '新增', changed: '变更', unchanged: '不变', wrong: '有错', warned: '有提示', skipped: '跳过' } as const

const Counts = ({ result }: { result: Result }) => (
  <section className="import-counts" aria-label="核对结果">
    {Object.entries(COUNTS).map(([key, name]) => (
      <div key={key} className="tile card">
        <small>{name}</small>
        <b className={key === 'wrong' && result.wrong > 0 ? 'zhe' : ''}>{countText(result[key as keyof typeof COUNTS])}</b>
      </div>
    ))}
  </section>
)

/** Names that could mean several organisations: a person says which, nothing is guessed. */
function Asks({ jobId, branches, onConfirm }: { jobId: string; branches: Confirmed[]; onConfirm: (next: Confirmed[]) => void }) {
  const { data } = useRead('meetings.importState', { jobId }, { enabled: jobId !== '' })
  if (!data || data.asks.length === 0) return null
  return (
    <section className="card">
      <header>
        <h2>支部名称没有写全，请认定</h2>
      </header>
      <ul className="lines">
        {data.asks.map((ask) => (
          <li key={ask.written}>
            <span className="grow">
              「{ask.written}」<span className="small t2">{ask.rows} 行</span>
            </span>
            {ask.proposals.map((p) => (
              <button
                key={p.id}
                type="button"
                className="button small"
                onClick={() => onConfirm([...branches, { written: ask.written, orgId: p.id }])}
              >
                是{p.name}
              </button>
            ))}
          </li>
        ))}
      </ul>
    </section>
  )
}

interface NextProps {
  result: Result
  imported: boolean
  jobId: string
  onImport: () => void
  onOther: () => void
}

function Next({ result, imported, jobId, onImport, onOther }: NextProps) {
  const work = result.new + result.changed
  return (
    <div className="row wrap">
      {imported ? (
        <Link className="button primary" to="/meetings/list">
          看会议列表
        </Link>
      ) : (
        <button type="button" className="button primary" aria-disabled={work === 0 || undefined} onClick={() => work > 0 && onImport()}>
          {work === 0 ? '没有要导入的' : `导入 ${countText(work)} 次会议`}
        </button>
      )}
      {result.rows.length > 0 && (
        <a className="button" href={downloadOf('meetings.importProblems', { jobId })}>
          <Icon name="download" /> 下载需要核对的行
        </a>
      )}
      <button type="button" className="button" onClick={onOther}>
        换一个文件
      </button>
    </div>
  )
}

const columns: Column<Remark>[] = [
  {
    key: 'row',
    title: '行',
    width: 110,
    render: (r) => <span className="nowrap">{`第 ${r.row} 行${r.column ? ` ${r.column} 列` : ''}`}</span>,
  },
  {
    key: 'level',
    title: '程度',
    width: 130,
    render: (r) => (r.level === 'wrong' ? <Status kind="wrong">有错，不导入</Status> : <Status kind="note">提示</Status>),
    phone: 'status',
  },
  { key: 'value', title: '原来填的', render: (r) => r.value },
  { key: 'problem', title: '有什么问题', render: (r) => r.problem, phone: 'line' },
  { key: 'remedy', title: '怎么改', render: (r) => r.remedy },
]
