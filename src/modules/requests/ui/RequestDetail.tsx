import { useState } from 'react'
import { downloadOf, useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { LoopBar } from '#web/parts/Steps.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { DECISIONS, RETENTIONS, type RequestState } from '../contract.ts'
import { AnswerForm } from './AnswerForm.tsx'
import { ResendForm } from './ResendForm.tsx'
import './requests.css'

export type Request = Api['requests.get']['output']

/** One request: where it stands, what it says, what was answered, and what this person can do with it. */
export function RequestDetail({ id }: { id: string }) {
  const { data: r, error, refetch } = useRead('requests.get', { id })
  const [doing, setDoing] = useState<'answer' | 'resend' | 'correct' | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!r) return <Skeleton lines={8} />
  const step = { id: r.id, version: r.version }
  const answered = r.state === 'agreed' || r.state === 'refused'
  return (
    <div className="stack">
      {r.state !== 'withdrawn' && <LoopBar steps={['报送', '登记', '批复']} now={NOW[r.state]} />}
      {r.overdue > 0 && (
        <div className="note hu">
          <Icon name="clock" />
          <p>
            {r.toName}应在 {dateText(r.dueOn)}前答复，已超过 {r.overdue} 天。这是上级的责任，不计在{r.orgName}名下。
          </p>
        </div>
      )}
      <dl className="request-facts">
        <dt>报送</dt>
        <dd>
          {r.orgName}，{dateText(r.sentOn)}，{r.sentBy}
        </dd>
        <dt>主送</dt>
        <dd>
          {r.toName}
          {r.inNo !== null && `，收文 ${r.inNo} 号`}
        </dd>
        <dt>发文登记</dt>
        <dd>
          {r.outNo} 号{r.letterNo && `，${r.letterNo}`}，保管期限{RETENTIONS[r.retention]}
        </dd>
        {r.about && (
          <>
            <dt>事关</dt>
            <dd>{r.about}</dd>
          </>
        )}
        <dt>答复时限</dt>
        <dd>
          {dateText(r.dueOn)}
          <span className="small t3">（{r.term}）</span>
        </dd>
      </dl>
      <article className="request-text">
        <h3>{r.title}</h3>
        <p>{r.body}</p>
      </article>
      {r.decision && (
        <section className="stack" aria-label="答复">
          <Status kind={r.decision === 'agreed' ? 'done' : r.decision === 'refused' ? 'wrong' : 'note'}>
            {DECISIONS[r.decision]}
            {r.docNo && `，${r.docNo}`}
            {r.answeredOn && `，${dateText(r.answeredOn)}`}
          </Status>
          {r.reply && <p className="request-reply">{r.reply}</p>}
        </section>
      )}
      <div className="row wrap">
        {r.can.answer === true && (
          <button type="button" className="button primary small" onClick={() => setDoing('answer')}>
            答复这份请示
          </button>
        )}
        {r.state === 'sent' && r.can.register === true && (
          <StepButton name="requests.register" label="登记收文" input={step} can={true} kind="small" done="已登记" />
        )}
        {r.can.resend === true && (
          <button type="button" className="button primary small" onClick={() => setDoing('resend')}>
            补充后重新报送
          </button>
        )}
        {r.can.withdraw === true && (
          <StepButton
            name="requests.withdraw"
            label="撤回这份请示"
            input={step}
            can={true}
            kind="danger"
            done="已撤回"
            warn="撤回后上级不再答复；要办的话需重新报送。"
          />
        )}
        {r.can.correct === true && (
          <button type="button" className="button small" onClick={() => setDoing('correct')}>
            更正批复的文号或日期
          </button>
        )}
        <PaperLinks small label="请示" of={(format) => downloadOf('requests.letter', { id, format })} />
        {answered && <PaperLinks small label="批复" of={(format) => downloadOf('requests.reply', { id, format })} />}
      </div>
      {r.state === 'sent' && r.can.answer !== true && r.can.answer && <p className="small t3">{whyNot(r.can.answer)}</p>}
      {(doing === 'answer' || doing === 'correct') && (
        <AnswerForm request={r} correcting={doing === 'correct'} onClose={() => setDoing(null)} />
      )}
      {doing === 'resend' && <ResendForm request={r} onClose={() => setDoing(null)} />}
    </div>
  )
}

const NOW: Record<RequestState, number> = { sent: 1, registered: 2, returned: 0, agreed: 3, refused: 3, withdrawn: 0 }

/** Only what speaks to the person: that somebody without the right cannot answer needs no words. */
const whyNot = ({ code, message }: { code: string; message: string }) => (code.startsWith('lacks-') ? '' : message)
