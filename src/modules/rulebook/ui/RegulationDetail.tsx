import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { addYears, today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { FileLinks } from '#web/parts/FileLinks.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import { type Edition, STATES } from '../contract.ts'
import { RegulationForm } from './RegulationForm.tsx'

/** One regulation: what it rests on, where the system applies it, its files and every edition. */
export function RegulationDetail({ orgId, id }: { orgId: string; id: string }) {
  const [step, setStep] = useState<'revise' | 'repeal' | 'review'>()
  const { data: r, error, refetch } = useRead('rulebook.get', { orgId, id })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!r) return <Skeleton lines={6} />
  const close = () => setStep(undefined)
  return (
    <div className="stack">
      <dl className="key-values">
        <dt>状态</dt>
        <dd>
          {STATES[r.state]}，第 {r.number} 版，{dateText(r.validFrom)}起执行
          {r.endedOn && `，${dateText(r.endedOn)}起不再执行${r.endedWhy && `（${r.endedWhy}）`}`}
        </dd>
        <dt>文号</dt>
        <dd>{r.letterNo || '没有填'}</dd>
        <dt>所属和负责</dt>
        <dd>
          {r.orgName}，{r.owner}
        </dd>
        <dt>依据</dt>
        <dd>{r.source}</dd>
        <dt>复审</dt>
        <dd>
          {r.reviewOn ? `下次 ${dateText(r.reviewOn)}前` : '没有定'}
          {r.reviewedOn && `，上次 ${dateText(r.reviewedOn)}`}
        </dd>
        {r.note && (
          <>
            <dt>说明</dt>
            <dd>{r.note}</dd>
          </>
        )}
      </dl>
      <section>
        <h3>系统里怎么用它</h3>
        {r.rules.length === 0 ? (
          <p className="t2">没有对应的应办规则。</p>
        ) : (
          <p>
            按它提醒：{r.rules.map((rule) => rule.text).join('、')}。
            <Link to="/duties/rules" search={{ org: r.orgId } as never}>
              看应办规则
            </Link>
          </p>
        )}
      </section>
      <FileLinks files={r.files} />
      {r.editions.length > 1 && (
        <section>
          <h3>历次版本</h3>
          <ul className="lines">
            {r.editions.map((e) => (
              <li key={e.id}>
                <span className="grow">
                  第 {e.number} 版 {e.letterNo}
                  <small className="t2">
                    {' '}
                    {dateText(e.validFrom)}起{e.endedOn && `，到 ${dateText(e.endedOn)}`}
                  </small>
                </span>
                <span className="tag">{STATES[e.state]}</span>
              </li>
            ))}
          </ul>
        </section>
      )}
      {r.canManage && !r.endedOn && (
        <div className="row wrap">
          <button type="button" className="button" onClick={() => setStep('review')}>
            复审：继续执行
          </button>
          <button type="button" className="button" onClick={() => setStep('revise')}>
            修订
          </button>
          <button type="button" className="button" onClick={() => setStep('repeal')}>
            废止
          </button>
        </div>
      )}
      {step === 'revise' && <RegulationForm orgId={r.orgId} orgName={r.orgName} revises={r} onClose={close} />}
      {step === 'repeal' && <RepealForm regulation={r} onClose={close} />}
      {step === 'review' && <ReviewForm regulation={r} onClose={close} />}
    </div>
  )
}

function RepealForm({ regulation: r, onClose }: { regulation: Edition; onClose: () => void }) {
  const [on, setOn] = useState<string | null>(today())
  const [why, setWhy] = useState('')
  return (
    <PanelForm
      name="rulebook.repeal"
      open
      onClose={onClose}
      kicker={r.orgName}
      title={`废止《${r.name}》`}
      note={r.rules.length > 0 ? '对应的应办规则不会自动废止，请到应办规则里一并处理' : '废止后仍可查到，清单里列在「已修订或废止」'}
      input={() => (!on ? '请填废止日期' : why.trim().length < 2 ? '请写废止的原因或文件' : { id: r.id, version: r.version, on, why })}
      submit="废止这项制度"
      done="已登记废止"
    >
      {(problems) => (
        <>
          <LabelledDate label="从哪一天起不再执行" value={on} onChange={setOn} problem={problems.on} />
          <TextLine label="原因或文件" value={why} onChange={setWhy} problem={problems.why} max={300} />
        </>
      )}
    </PanelForm>
  )
}

function ReviewForm({ regulation: r, onClose }: { regulation: Edition; onClose: () => void }) {
  const [nextOn, setNextOn] = useState<string | null>(addYears(today(), 1))
  return (
    <PanelForm
      name="rulebook.review"
      open
      onClose={onClose}
      kicker={r.orgName}
      title={`复审《${r.name}》`}
      note="看过以后不用改，就登记继续执行；要改的请用「修订」"
      input={() => (nextOn ? { id: r.id, version: r.version, nextOn } : '请填下次复审的日期')}
      submit="继续执行"
      done="已登记复审"
    >
      {(problems) => <LabelledDate label="下次复审" value={nextOn} onChange={setNextOn} problem={problems.nextOn} />}
    </PanelForm>
  )
}
