import { Link, useParams } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { Due } from '#web/parts/Due.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Seal } from '#web/parts/Seal.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { LoopBar } from '#web/parts/Steps.tsx'
import { dateText, momentText } from '#web/text.ts'
import { SOURCES, type TaskView } from '../contract.ts'
import { CoOwners } from './CoOwners.tsx'
import { StateOfTask } from './TaskState.tsx'
import { TaskSteps } from './TaskSteps.tsx'
import './tasks.css'
import { STEP_WORDS } from './words.ts'

const LOOP = ['交办', '接收', '安排', '报结果', '办结'] as const
const AT: Record<TaskView['state'], number> = { given: 1, received: 2, planned: 3, submitted: 4, above: 1, closed: 5, cancelled: 0 }

/** One task: what is to be done by whom until when, its chain from giving to verification, and the steps of this reader. */
export function TaskPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data: t, error, refetch } = useRead('tasks.get', { id })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!t) return <Skeleton lines={10} />
  return (
    <>
      <PageTitle conclusion={t.title} crumb={t.title} note={noteOf(t)} badge={<StateOfTask task={t} />} />
      <div className="columns">
        <div className="stack">
          {t.state !== 'cancelled' && <LoopBar steps={[...LOOP]} now={AT[t.state]} />}
          {t.above && (
            <div className="note hu">
              <Icon name="warning" />
              <p>
                已转 {t.handOffs} 次，下面的转办记录一并提交给{t.above}，由它定谁来办。定下之前不能再转。
              </p>
            </div>
          )}
          {t.asked && (
            <div className="note hu">
              <Icon name="clock" />
              <p>
                {t.asked.by ?? t.orgName}申请延期到 {dateText(t.asked.dueOn)}：{t.asked.reason}
              </p>
            </div>
          )}
          <section className="card">
            <header>
              <h2>要办的事</h2>
              <Origin t={t} />
            </header>
            <div className="inside stack">
              <p className="said">{t.text || t.title}</p>
              {t.plan && (
                <p className="said">
                  <b>怎么落实：</b>
                  {t.plan}
                </p>
              )}
              {t.result && (
                <p className="said">
                  <b>办理结果：</b>
                  {t.result}
                </p>
              )}
              {t.labelBasis && (
                <p className="said">
                  <b>纪检认定的依据：</b>
                  {t.labelBasis}
                </p>
              )}
            </div>
          </section>
          <TaskSteps t={t} />
          <Chain t={t} />
        </div>
        <aside className="stack">
          <section className="card" aria-label="责任和时限">
            <dl className="tk-facts">
              <dt>牵头</dt>
              <dd>
                {t.orgName}
                {t.lead && ` ${t.lead.name}`}
              </dd>
              <dt>交办方</dt>
              <dd>
                {t.giverName}
                {t.givenBy && ` ${t.givenBy}`}
              </dd>
              <dt>时限</dt>
              <dd>
                {t.closedOn ? t.dueOn ? dateText(t.dueOn) : '未定' : <Due due={t.dueOn} />}
                {t.unknownYears.length > 0 && <p className="small t2">{t.unknownYears.join('、')} 年的放假还没有登记，按周一到周五算</p>}
              </dd>
              {t.closedOn && (
                <>
                  <dt>办结</dt>
                  <dd>
                    {dateText(t.closedOn)} {t.closedBy && `${t.closedBy}验收`}
                  </dd>
                </>
              )}
              {t.effect && (
                <>
                  <dt>看成效</dt>
                  <dd>{t.effect.holds === null ? dateText(t.effect.on) : t.effect.holds ? '保持住了' : '没有保持住'}</dd>
                </>
              )}
              {t.returns > 0 && (
                <>
                  <dt>退回</dt>
                  <dd>{t.returns} 次</dd>
                </>
              )}
            </dl>
          </section>
          <CoOwners t={t} />
          <section className="card" aria-label="留下的实绩">
            <header>
              <h2>留下的实绩</h2>
              <span className="small t2">{t.facts.length} 条</span>
            </header>
            <p className="inside row wrap">
              {t.facts.map((f) => (
                <Seal key={f.factId} number={f.n ? `${t.givenOn.slice(0, 4)}-${String(f.n).padStart(5, '0')}` : undefined} entered />
              ))}
            </p>
          </section>
        </aside>
      </div>
    </>
  )
}

const noteOf = (t: TaskView) => `${SOURCES[t.source]} · ${dateText(t.givenOn)}交办`

const Origin = ({ t }: { t: TaskView }) =>
  t.origin && (
    <Link className="small" to={t.origin.open as string}>
      看{t.origin.says}
    </Link>
  )

/** Who did what, in the words they wrote: from giving to the last step. */
const Chain = ({ t }: { t: TaskView }) => (
  <section className="card" aria-label="办理过程">
    <header>
      <h2>办理过程</h2>
      <span className="small t2">{t.chain.length + 1} 步</span>
    </header>
    <div className="inside">
      <ol className="tk-chain">
        <li>
          <b>交办</b>
          <p className="small t2">
            {t.giverName}
            {t.givenBy && ` ${t.givenBy}`} · {dateText(t.givenOn)}
          </p>
        </li>
        {t.chain.map((s) => (
          <li key={s.id}>
            <b>{STEP_WORDS[s.step] ?? s.step}</b>
            {s.from && s.to ? (
              <p>
                {s.from} → {s.to}
              </p>
            ) : (
              (s.to ?? s.from) && <p>{s.to ?? s.from}</p>
            )}
            <p className="small t2">
              {s.by ?? '系统管理'} · {momentText(s.at)}
              {s.dueOn && ` · ${dateText(s.dueOn)}`}
            </p>
            {s.text && <p className="said">{s.text}</p>}
          </li>
        ))}
      </ol>
    </div>
  </section>
)
