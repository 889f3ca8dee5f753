import { Link } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import { maskIdNumber } from '#kernel/idNumber.ts'
import type { Api } from '../../platform.ts'
import { downloadOf, type Name, useRead, useUpload } from '../api.ts'
import { newKey } from '../request.ts'
import { countText } from '../text.ts'
import { ErrorCard } from './ErrorCard.tsx'
import { FileDrop } from './FileDrop.tsx'
import { Icon } from './Icon.tsx'
import { PageTitle } from './PageTitle.tsx'
import { Progress } from './Progress.tsx'
import { Tabs } from './Tabs.tsx'
import './import.css'

type Result = Api['organisation.importOrgs']['output']

interface Props {
  /** The command that takes the file with `{ dryRun, jobId }`. */
  run: Name
  /** The download of the rows to look at. */
  problems: Name
  /** The query for progress and for names that could mean several organisations; left out for short files. */
  state?: Name
  crumb: string
  title: string
  drop: string
  dropNote: ReactNode
  /** What a row is: 人, 个党组织. */
  unit: string
  /** What can be seen right after the import. */
  shows: string[]
  next?: { to: string; label: string }
  back: string
}

const ACCEPT = ['.xlsx', '.xls', '.csv']
const LIMIT = 50 * 1024 * 1024

/** File → what it would do, row by row → import. Nothing is stored before the last button. */
export function ImportReview(props: Props) {
  const { run, state, crumb, title, drop, dropNote, unit, back } = props
  const upload = useUpload(run)
  const [file, setFile] = useState<File | null>(null)
  const [checked, setChecked] = useState<Result | null>(null)
  const [imported, setImported] = useState<Result | null>(null)
  const [branches, setBranches] = useState<Record<string, string>>({})
  const job = useRef(newKey())
  const send = (given: File, dryRun: boolean, chosen = branches) => {
    job.current = newKey()
    const confirmed = Object.entries(chosen).map(([written, orgId]) => ({ written, orgId }))
    const input = { dryRun, jobId: job.current, ...(state && confirmed.length > 0 ? { branches: confirmed } : {}) }
    upload.mutate({ input: input as never, file: given }, { onSuccess: (answer) => (dryRun ? setChecked(answer) : setImported(answer)) })
  }
  const take = (given: File) => {
    setFile(given)
    setChecked(null)
    setBranches({})
    send(given, true, {})
  }
  const choose = (written: string, orgId: string) => {
    const chosen = { ...branches, [written]: orgId }
    setBranches(chosen)
    send(file!, true, chosen)
  }
  if (imported) return <Done {...props} result={imported} file={file!} />
  if (!checked || !file)
    return (
      <>
        <PageTitle conclusion={title} crumb={crumb} note="先核对，再入库；原表不改动，也不上传到外网" />
        <section className="card">
          {upload.isPending ? (
            <div className="inside">
              <Running {...(state ? { state } : {})} job={job.current} doing={`正在核对「${file?.name}」`} />
            </div>
          ) : (
            <FileDrop title={drop} note={dropNote} accept={ACCEPT} limit={LIMIT} onFile={take} />
          )}
          {upload.error && <ErrorCard error={upload.error} />}
        </section>
      </>
    )
  const usable = checked.new + checked.changed
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(checked, unit)}
        note={`来自「${file.name}」。原表不改动，也不上传到外网`}
        crumb={crumb}
        actions={
          <button type="button" className="button" onClick={() => setFile(null)}>
            换一个文件
          </button>
        }
      />
      <div className="columns">
        <section className="card">
          <Counts result={checked} />
          {state && <Asks state={state} job={job.current} chosen={branches} onChoose={choose} />}
          <Remarks result={checked} problems={props.problems} job={job.current} />
          {upload.error && <ErrorCard error={upload.error} />}
          <div className="list-foot">
            {upload.isPending ? (
              <div className="grow">
                <Running
                  {...(state ? { state } : {})}
                  job={job.current}
                  doing="正在导入"
                  total={usable + checked.unchanged + checked.wrong}
                />
              </div>
            ) : (
              <>
                <span className="small t2 grow">
                  {checked.wrong > 0
                    ? `${countText(checked.wrong)} 行有错，先不导入；改好后用同一个文件再导一次，已导入的不会重复`
                    : '同一个文件再导一次不会重复'}
                </span>
                {usable > 0 ? (
                  <button type="button" className="button primary" onClick={() => send(file, false)}>
                    {checked.wrong > 0 ? '先' : ''}导入 {countText(usable)} {unit}
                  </button>
                ) : (
                  <Link to={back} className="button">
                    没有要导入的，返回
                  </Link>
                )}
              </>
            )}
          </div>
        </section>
        <Shows shows={props.shows} />
      </div>
    </>
  )
}

function conclusionOf({ new: fresh, changed, wrong, unchanged }: Result, unit: string): string {
  const usable = fresh + changed
  if (usable === 0) return wrong > 0 ? `${countText(wrong)} 行有错，没有可以导入的` : `${countText(unchanged)} ${unit}都已在库里，没有变化`
  return `${countText(usable)} ${unit}可以导入${wrong > 0 ? `，${countText(wrong)} 行要你看一眼` : ''}`
}

function Counts({ result }: { result: Result }) {
  const cells: [string, number, string][] = [
    ['新增', result.new, 'song'],
    ['有变更', result.changed, 'dai'],
    ['没有变化', result.unchanged, ''],
    ['有提示，照常导入', result.warned, 'hu'],
    ['有错，先不导入', result.wrong, 'zhe'],
  ]
  return (
    <dl className="import-counts">
      {cells.map(([label, n, tone]) => (
        <div key={label}>
          <dd className={n > 0 ? tone : 't3'}>{countText(n)}</dd>
          <dt>{label}</dt>
        </div>
      ))}
    </dl>
  )
}

interface AsksProps {
  state: Name
  job: string
  chosen: Record<string, string>
  onChoose: (written: string, orgId: string) => void
}

/** Names in the file that could mean several organisations: a person says which, the program never guesses. */
function Asks({ state, job, chosen, onChoose }: AsksProps) {
  const { data } = useRead(state, { jobId: job } as never)
  const asks = (data as Api['members.importState']['output'] | undefined)?.asks ?? []
  return asks.map(({ written, rows, proposals }) => (
    <fieldset key={written} className="import-ask">
      <legend>
        「{written}」是哪个支部？<span className="t3 small">{rows} 行这样写</span>
      </legend>
      {proposals.map(({ id, name }) => (
        <button type="button" key={id} className="button small" aria-pressed={chosen[written] === id} onClick={() => onChoose(written, id)}>
          是{name}
        </button>
      ))}
    </fieldset>
  ))
}

const SHOWN = 200

const rowsIn = (rows: Result['rows']) => new Set(rows.map(({ row }) => row)).size

/** Long numbers stay covered: whoever mends the row has the file. */
const covered = (value: string) => value.replace(/\d{11,}[\dXx]?/g, (number) => maskIdNumber(number))

function Remarks({ result, problems, job }: { result: Result; problems: Name; job: string }) {
  const wrong = result.rows.filter(({ level }) => level === 'wrong')
  const warnings = result.rows.filter(({ level }) => level === 'warning')
  const [tab, setTab] = useState<'wrong' | 'warning'>(wrong.length > 0 || warnings.length === 0 ? 'wrong' : 'warning')
  const rows = tab === 'wrong' ? wrong : warnings
  if (result.rows.length === 0) return null
  return (
    <>
      <div className="import-tabs">
        <div className="grow">
          <Tabs
            label="要看一眼的行"
            active={tab}
            onChange={setTab}
            tabs={[
              { key: 'wrong', label: '有错', count: rowsIn(wrong) },
              { key: 'warning', label: '提示', count: rowsIn(warnings) },
            ]}
          />
        </div>
        <a className="button small" href={downloadOf(problems, { jobId: job } as never)} download>
          <Icon name="download" size={15} /> 下载成表格逐行改
        </a>
      </div>
      <ul className="import-rows" aria-label={tab === 'wrong' ? '有错的行' : '有提示的行'}>
        {rows.slice(0, SHOWN).map((row) => (
          <li key={`${row.row}${row.column}${row.problem}`}>
            <span className="nowrap t2 small">
              第 {row.row} 行{row.column && ` ${row.column} 列`}
            </span>
            <span className="grow">
              <b className={row.level === 'wrong' ? 'zhe' : 'hu'}>{row.problem}</b>
              <span className="small t2">
                {row.value && <span className="mono import-value">{covered(row.value)}</span>}
                {row.remedy}
              </span>
            </span>
          </li>
        ))}
      </ul>
      {rows.length > SHOWN && (
        <p className="small t3 inside">
          这里列出前 {SHOWN} 条，共 {countText(rows.length)} 条，全部在下载的表格里
        </p>
      )}
    </>
  )
}

function Running({ state, job, doing, total }: { state?: Name; job: string; doing: string; total?: number }) {
  const { data } = useRead((state ?? 'members.importState') as Name, { jobId: job } as never, { enabled: !!state, refetchInterval: 700 })
  const rows = (data as Api['members.importState']['output'] | undefined)?.rows ?? 0
  return <Progress doing={doing} done={rows} total={total} />
}

function Done({ result, unit, shows, next, back, crumb, file }: Props & { result: Result; file: File }) {
  return (
    <>
      <PageTitle
        conclusion={`已导入 ${countText(result.new + result.changed)} ${unit}`}
        note={`来自「${file.name}」${result.also.map(({ what, count }) => `；另建立${what} ${count} 个`).join('')}`}
        crumb={crumb}
        actions={
          <>
            <Link to={back} className="button">
              去看看
            </Link>
            {next && (
              <Link to={next.to} className="button primary">
                {next.label}
              </Link>
            )}
          </>
        }
      />
      <div className="columns">
        <section className="card">
          <Counts result={result} />
          {result.wrong > 0 && (
            <p className="inside small t2">
              有错的 {countText(result.wrong)} 行没有导入。改好后用同一个文件再导一次即可，已导入的不会重复。
            </p>
          )}
        </section>
        <Shows shows={shows} />
      </div>
    </>
  )
}

const Shows = ({ shows }: { shows: string[] }) => (
  <div className="stack">
    <section className="card">
      <header>
        <h2>导入后马上能看到</h2>
      </header>
      <ul className="lines">
        {shows.map((line) => (
          <li key={line}>{line}</li>
        ))}
      </ul>
    </section>
    <section className="card">
      <div className="inside">
        <h3>只存用得着的</h3>
        <p className="small t2">证件号、电话、住址逐项加密，看一次记一次。不需要照片，不需要定位。</p>
      </div>
    </section>
  </div>
)
