import { App } from 'antd'
import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { ApiError, useCommand } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import { CAP_SOURCE, GRADES, type Grade, type RoundView } from '../contract.ts'

const PAPER = ['优秀', '合格', '基本合格', '不合格', '弃权']

/** The committee's opinion on each member beside the paper votes, with the cap on 优秀; then telling each. */
export function Grading({ r }: { r: RoundView }) {
  const { message } = App.useApp()
  const graded = r.people.filter((p) => p.graded)
  const [grades, setGrades] = useState<Record<string, Grade>>(() =>
    Object.fromEntries(graded.map((p) => [p.personId, p.grade ?? 'qualified'])),
  )
  const [why, setWhy] = useState(r.overCap ?? '')
  const command = useCommand('appraisals.giveOpinions')
  const excellent = Object.values(grades).filter((g) => g === 'excellent').length
  const over = excellent > r.cap
  const problem = command.error instanceof ApiError ? command.error.fields?.overCap?.[0] : undefined
  const may = r.can.opinions === true && r.state === 'ballot'
  const send = () =>
    command.mutate(
      {
        id: r.id,
        version: r.version,
        on: today(),
        opinions: Object.entries(grades).map(([personId, grade]) => ({ personId, grade })),
        ...(over ? { overCap: why } : {}),
      },
      { onSuccess: () => void message.success('意见已存，请逐人反馈') },
    )
  return (
    <section className="card">
      <header>
        <h2>评议意见</h2>
        <Status kind={over ? 'soon' : 'done'}>{`优秀 ${excellent} 人，三分之一为 ${r.cap} 人`}</Status>
      </header>
      <ul className="lines">
        {graded.map((p) => (
          <li key={p.personId}>
            <span className="grow">
              <b>{p.name}</b>
              <br />
              <span className="small t2">{p.votes ? p.votes.map((n, i) => `${PAPER[i]} ${n}`).join('，') : '没有测评票'}</span>
            </span>
            {may ? (
              <select
                className="text"
                aria-label={`${p.name}的等次`}
                value={grades[p.personId]}
                onChange={(e) => setGrades({ ...grades, [p.personId]: e.target.value as Grade })}
              >
                {Object.entries(GRADES).map(([key, name]) => (
                  <option key={key} value={key}>
                    {name}
                  </option>
                ))}
              </select>
            ) : (
              <span className="row">
                <b>{p.grade ? GRADES[p.grade] : '未定'}</b>
                {p.toldOn ? (
                  <Status kind="done">{`${dateText(p.toldOn)}已反馈`}</Status>
                ) : (
                  r.can.tell === true && (
                    <StepButton
                      name="appraisals.tell"
                      label="已当面反馈"
                      kind="small"
                      input={{ id: r.id, personIds: [p.personId], on: today() }}
                      can
                      done="已记反馈，本人现在看得到"
                    />
                  )
                )}
              </span>
            )}
          </li>
        ))}
      </ul>
      {may && (
        <div className="inside stack">
          {over && (
            <TextLine
              label={`优秀一般不超过三分之一（${r.cap} 人）。确需超过的理由，必填`}
              value={why}
              onChange={setWhy}
              problem={problem}
              max={200}
            />
          )}
          {command.error && !problem && <ErrorCard error={command.error} />}
          <div>
            <button
              type="button"
              className="button primary"
              aria-disabled={command.isPending || undefined}
              onClick={() => !command.isPending && send()}
            >
              {command.isPending ? '正在存…' : '存下评议意见'}
            </button>
          </div>
          <p className="tiny t3">{CAP_SOURCE}</p>
        </div>
      )}
    </section>
  )
}
