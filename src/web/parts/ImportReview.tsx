import { Link } from '@tanstack/react-router'
import { type ReactNode, useRef, useState } from 'react'
import type { Api } from '../../platform.ts'
import { type Name, useRead, useUpload } from '../api.ts'
import { newKey } from '../request.ts'
import { countText } from '../text.ts'
import { ErrorCard } from './ErrorCard.tsx'
import { FileDrop } from './FileDrop.tsx'
import { type Answers, ImportAsks } from './ImportAsks.tsx'
import { ImportDone, type Outcome, Shows } from './ImportDone.tsx'
import { ImportCounts, ImportRemarks, type Result } from './ImportRows.tsx'
import { PageTitle } from './PageTitle.tsx'
import { Progress } from './Progress.tsx'
import './import.css'

interface Props extends Outcome {
  /** Whose import it is: `importState` and `importProblems` of the module belong to it. */
  module: 'organisation' | 'members' | 'meetings' | 'dues'
  /** The command that takes the file. */
  run: Run
  title: string
  drop: string
  dropNote: ReactNode
}

type Run = 'organisation.importOrgs' | 'members.importRoster' | 'meetings.importLedger' | 'dues.importFile'

const ACCEPT = ['.xlsx', '.xls', '.csv']
const LIMIT = 50 * 1024 * 1024

/** File → what it would do, row by row → import. Nothing is stored before the last button. */
export function ImportReview(props: Props) {
  const { module, run, crumb, title, drop, dropNote, unit, back } = props
  const state = `${module}.importState` as const
  const upload = useUpload(run)
  const [file, setFile] = useState<File | null>(null)
  const [checked, setChecked] = useState<Result | null>(null)
  const [imported, setImported] = useState<Result | null>(null)
  const [answers, setAnswers] = useState<Answers>({})
  const job = useRef(newKey())
  const send = (given: File, dryRun: boolean, chosen: Answers) => {
    job.current = newKey()
    const input = { dryRun, jobId: job.current, answers: Object.entries(chosen).map(([key, choice]) => ({ key, choice })) }
    upload.mutate({ input, file: given }, { onSuccess: (answer) => (dryRun ? setChecked(answer) : setImported(answer)) })
  }
  const take = (given: File) => {
    setFile(given)
    setChecked(null)
    setAnswers({})
    send(given, true, {})
  }
  const answer = (chosen: Answers) => {
    setAnswers(chosen)
    send(file!, true, chosen)
  }
  if (imported) return <ImportDone {...props} result={imported} file={file!} />
  if (!checked || !file)
    return (
      <>
        <PageTitle conclusion={title} crumb={crumb} note="先核对，再入库；原表不改动，也不上传到外网" />
        <section className="card">
          {upload.isPending ? (
            <div className="inside">
              <Running state={state} job={job.current} doing={`正在核对「${file?.name}」`} />
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
          <ImportCounts result={checked} />
          <ImportAsks state={state} job={job.current} answers={answers} onAnswer={answer} />
          <ImportRemarks result={checked} problems={`${module}.importProblems`} job={job.current} />
          {upload.error && <ErrorCard error={upload.error} />}
          <div className="list-foot">
            {upload.isPending ? (
              <div className="grow">
                <Running
                  state={state}
                  job={job.current}
                  doing={upload.variables.input.dryRun ? '正在按选定的重新核对' : '正在导入'}
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
                  <button type="button" className="button primary" onClick={() => send(file, false, answers)}>
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
        <Shows shows={props.shows} sealed={props.sealed ?? false} />
      </div>
    </>
  )
}

function conclusionOf({ new: fresh, changed, wrong, unchanged }: Result, unit: string): string {
  const usable = fresh + changed
  if (usable === 0) return wrong > 0 ? `${countText(wrong)} 行有错，没有可以导入的` : `${countText(unchanged)} ${unit}都已在库里，没有变化`
  return `${countText(usable)} ${unit}可以导入${wrong > 0 ? `，${countText(wrong)} 行要你看一眼` : ''}`
}

function Running({ state, job, doing, total }: { state: Name; job: string; doing: string; total?: number }) {
  const { data } = useRead(state, { jobId: job } as never, { refetchInterval: 700 })
  const rows = (data as Api['members.importState']['output'] | undefined)?.rows ?? 0
  return <Progress doing={doing} done={rows} total={total} />
}
