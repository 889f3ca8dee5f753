import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { StepButton } from '#web/parts/StepButton.tsx'
import { LoopBar } from '#web/parts/Steps.tsx'
import { dateText } from '#web/text.ts'
import { AppealCard } from './Appeals.tsx'
import { AnnounceForm, RecalculateForm, ResolveForm } from './StepForms.tsx'
import type { Run } from './words.ts'

const STEPS = ['结果核对', '党委研究', '公示', '确定']
const AT = { checking: 0, resolved: 2, announced: 2, final: 4 } as const

/** Where a published result stands, what it waits for, and the next step for whoever may take it. */
export function RunSteps({ run }: { run: Run }) {
  const [open, setOpen] = useState<'recalculate' | 'resolve' | 'announce'>()
  const close = () => setOpen(undefined)
  const manages = Object.values(run.can).some((can) => can === true || !can.code.startsWith('lacks-'))
  return (
    <div className="stack">
      <LoopBar steps={STEPS} now={AT[run.state]} />
      <p className="small t2">{waitsFor(run)}</p>
      {manages && run.openAppeals + run.upheldAppeals > 0 && <ToDecide run={run} />}
      {manages && run.state !== 'final' && (
        <div className="row wrap">
          {run.upheldAppeals > 0 && (
            <OpenButton label="按更正后的记录重算" can={run.can.recalculate} onOpen={() => setOpen('recalculate')} />
          )}
          {run.state === 'checking' && <OpenButton label="登记党委决议" can={run.can.resolve} onOpen={() => setOpen('resolve')} />}
          {run.state === 'resolved' && <OpenButton label="公示" can={run.can.announce} onOpen={() => setOpen('announce')} />}
          {run.state === 'announced' && (
            <StepButton
              name="evaluation.finaliseRun"
              label="确定这一期结果"
              kind="small"
              input={{ id: run.id, version: run.version }}
              can={run.can.finalise}
              warn="确定以后不能再改，也不能再申诉。"
              done="结果已确定，存入账本"
            />
          )}
        </div>
      )}
      {open === 'recalculate' && <RecalculateForm run={run} onClose={close} />}
      {open === 'resolve' && <ResolveForm run={run} onClose={close} />}
      {open === 'announce' && <AnnounceForm run={run} onClose={close} />}
    </div>
  )
}

function waitsFor({ state, appealsUntil, announcedUntil, openAppeals, upheldAppeals, documentNo }: Run): string {
  const appeals = [openAppeals > 0 && `${openAppeals} 件申诉等待复核`, upheldAppeals > 0 && `${upheldAppeals} 件申诉成立，等待更正重算`]
  const text = {
    checking: appealsUntil ? `核对和申诉到 ${dateText(appealsUntil)} 为止，之后提请党委研究` : '核对以后提请党委研究',
    resolved: `${documentNo}已研究，等待公示`,
    announced: `${documentNo}，公示到 ${announcedUntil && dateText(announcedUntil)} 为止`,
    final: documentNo ? `${documentNo}，已公示、已确定` : '已确定',
  }[state]
  return [text, ...appeals].filter(Boolean).join('；')
}

/** A step that needs to be told more opens its form; not available, it says why. */
const OpenButton = ({ label, can, onOpen }: { label: string; can: true | { message: string }; onOpen: () => void }) => (
  <span>
    <button
      type="button"
      className="button small"
      aria-disabled={can !== true || undefined}
      title={can === true ? undefined : can.message}
      onClick={() => can === true && onOpen()}
    >
      {label}
    </button>
    {can !== true && <span className="small t2"> {can.message}</span>}
  </span>
)

function ToDecide({ run }: { run: Run }) {
  const { data } = useRead('evaluation.appeals', { orgId: run.orgId, runId: run.id, limit: 100 })
  const waiting = (data?.items ?? []).filter((a) => a.state === 'filed' || a.state === 'upheld')
  return (
    <section aria-label="在办的申诉" className="stack">
      {waiting.map((a) => (
        <AppealCard key={a.id} appeal={a} withOrg />
      ))}
    </section>
  )
}
