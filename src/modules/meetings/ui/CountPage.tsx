import { Link, useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { ApiError, useCommand, useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { COUNT_STATES, type CountView, PAPER_CHOICES } from '../contract.ts'
import './meetings.css'
import { Quorate } from './Quorate.tsx'
import { StepForm } from './StepForm.tsx'

type Line = CountView['lines'][number]

/** 纸票计数: each side types what it counted; figures are shown only once both say the same. */
export function CountPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data: c, error, refetch } = useRead('meetings.count', { id }, { refetchInterval: 10_000 })
  const [dropping, setDropping] = useState(false)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!c) return <Skeleton lines={8} />
  const agreed = c.lines.filter((l) => l.figures).length
  const differ = c.lines.filter((l) => l.differs)
  return (
    <>
      <PageTitle
        conclusion={c.state === 'agreed' ? `${c.title}：两人计数一致` : `${c.title}：${c.lines.length} 项中 ${agreed} 项一致`}
        crumb="纸票计数"
        note={`${c.orgName}。应到会有表决权 ${c.entitled} 人，实到 ${c.present} 人，发出 ${c.issued} 张票。计票人 ${namesOf(c.tellers)}，监票人 ${namesOf(c.scrutineers)}。`}
        badge={<Status kind={c.state === 'agreed' ? 'done' : c.state === 'dropped' ? 'wrong' : 'soon'}>{COUNT_STATES[c.state]}</Status>}
        actions={
          <>
            {c.planId && (
              <Link className="button" to={`/meetings/plans/${c.planId}`}>
                看这次会
              </Link>
            )}
            {c.can.drop === true && !dropping && (
              <button type="button" className="button danger" onClick={() => setDropping(true)}>
                作废这次计数
              </button>
            )}
          </>
        }
      />
      <div className="stack">
        {dropping && (
          <section className="card">
            <div className="inside">
              <StepForm
                name="meetings.dropCount"
                title="作废这次计数"
                field="reason"
                label="原因"
                input={{ id: c.id }}
                button="作废这次计数"
                danger
                onDone={() => setDropping(false)}
              />
            </div>
          </section>
        )}
        {c.reason && (
          <div className="note zhe">
            <Icon name="warning" />
            <p>已作废：{c.reason}</p>
          </div>
        )}
        {differ.length > 0 && (
          <div className="note hu" role="status">
            <Icon name="warning" />
            <p>{differ.map((l) => l.title).join('、')}：两人计数不一致。请各自重新清点后再录，互相看不到对方的数。</p>
          </div>
        )}
        <Typing key={c.lines.map((l) => `${l.attempts}${l.figures ? 1 : 0}`).join()} c={c} />
        <section className="card">
          <header>
            <h2>结果</h2>
            {c.quorum && <Quorate check={c.quorum} gotName="实到" />}
          </header>
          <ul className="lines">
            {c.lines.map((l) => (
              <li key={l.position}>
                <span className="grow">
                  <b>{l.title}</b>
                  <br />
                  <span className="small t2">{l.figures ? figuresText(c, l) : waitingText(l)}</span>
                  {l.majority && <Quorate check={l.majority} gotName="赞成" met="通过" notMet="未通过" />}
                </span>
                <Status kind={l.figures ? 'done' : l.differs ? 'late' : 'soon'}>
                  {l.figures ? '一致' : l.differs ? '不一致' : '等待'}
                </Status>
              </li>
            ))}
          </ul>
        </section>
      </div>
    </>
  )
}

const namesOf = (people: { name: string }[]) => people.map((p) => p.name).join('、')

function figuresText(c: CountView, { figures }: Line): string {
  const { options } = PAPER_CHOICES[c.choices]
  const parts = Object.entries(options).map(([key, name]) => `${name} ${figures!.votes[key] ?? 0}`)
  return `收回 ${figures!.returned}：${parts.join('，')}${figures!.invalid > 0 ? `，废票 ${figures!.invalid}` : ''}`
}

const waitingText = (l: Line) =>
  l.differs
    ? `已各录 ${l.attempts} 次，还不一致`
    : [l.tellerDone ? '计票人已录' : '等计票人', l.scrutineerDone ? '监票人已录' : '等监票人'].join('，')

type Typed = { returned: string; invalid: string; votes: Record<string, string> }

/** What the reader counted, line by line. */
function Typing({ c }: { c: CountView }) {
  const mine = c.lines.filter((l) => l.mayType === true && (!l.typed || l.differs))
  const options = Object.entries<string>(PAPER_CHOICES[c.choices].options)
  const [typed, setTyped] = useState<Record<number, Typed>>({})
  const command = useCommand('meetings.typeCount')
  const fields = command.error instanceof ApiError ? (command.error.fields ?? {}) : {}
  if (mine.length === 0) return null
  const of = (l: Line): Typed => typed[l.position] ?? { returned: '', invalid: '0', votes: {} }
  const set = (l: Line, change: Partial<Typed>) => setTyped({ ...typed, [l.position]: { ...of(l), ...change } })
  const full = mine.filter((l) => of(l).returned !== '' && options.every(([key]) => (of(l).votes[key] ?? '') !== ''))
  const send = () =>
    command.mutate({
      id: c.id,
      lines: full.map((l) => ({
        position: l.position,
        figures: {
          returned: Number(of(l).returned),
          invalid: Number(of(l).invalid || 0),
          votes: Object.fromEntries(options.map(([key]) => [key, Number(of(l).votes[key])])),
        },
      })),
    })
  return (
    <section className="card">
      <header>
        <h2>录入我清点的票数</h2>
        <span className="small t2">一张票只能选一项，选两项是废票，不选是弃权</span>
      </header>
      <div className="inside stack">
        {mine.map((l) => (
          <fieldset key={l.position} className="vote-box">
            <legend className="strong">{l.title}</legend>
            <div className="vote-counts">
              <Count label="收回" of={l.title} value={of(l).returned} onChange={(returned) => set(l, { returned })} />
              {options.map(([key, name]) => (
                <Count
                  key={key}
                  label={name}
                  of={l.title}
                  value={of(l).votes[key] ?? ''}
                  onChange={(n) => set(l, { votes: { ...of(l).votes, [key]: n } })}
                />
              ))}
              <Count label="废票" of={l.title} value={of(l).invalid} onChange={(invalid) => set(l, { invalid })} />
            </div>
            {Object.entries(fields)
              .filter(([field]) => field.startsWith(`lines.${full.indexOf(l)}.`))
              .map(([field, texts]) => (
                <p key={field} className="problem">
                  {texts[0]}
                </p>
              ))}
          </fieldset>
        ))}
        {command.error && Object.keys(fields).length === 0 && <ErrorCard error={command.error} />}
        <div>
          <button
            type="button"
            className="button primary"
            aria-disabled={full.length === 0 || command.isPending || undefined}
            onClick={() => full.length > 0 && !command.isPending && send()}
          >
            {command.isPending ? '正在存…' : `存入 ${full.length} 项计数`}
          </button>
        </div>
      </div>
    </section>
  )
}

const Count = ({ label, of, value, onChange }: { label: string; of: string; value: string; onChange: (n: string) => void }) => (
  <label>
    {label}
    <input
      type="number"
      className="text"
      inputMode="numeric"
      min={0}
      max={10_000}
      aria-label={`${of}：${label}`}
      value={value}
      onChange={(e) => onChange(e.target.value.replace(/\D/g, '').slice(0, 5))}
    />
  </label>
)
