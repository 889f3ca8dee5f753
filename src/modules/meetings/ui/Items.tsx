import { Status } from '#web/parts/Status.tsx'
import { Slot } from '#web/Slot.tsx'
import { dateText } from '#web/text.ts'
import { CHOICES, type MeetingView, VOTE_METHODS } from '../contract.ts'
import { Quorate } from './Quorate.tsx'

/** The agenda with what was said, decided and voted, and what was to be done. */
export const Items = ({ items }: { items: MeetingView['items'] }) => (
  <section className="card">
    <header>
      <h2>议题</h2>
      <span className="small t2">{items.length} 项</span>
    </header>
    <div className="inside agenda">
      {items.map((item) => (
        <div key={item.position} className="agenda-item">
          <span className="no">{item.position + 1}</span>
          <div className="stack">
            <h3>
              {item.firstAgenda && <span className="tag dai">第一议题</span>} {item.topic}
            </h3>
            {item.discussion && <p className="said">{item.discussion}</p>}
            {item.vote && <Vote vote={item.vote} />}
            {item.resolution && (
              <p className="said">
                <b>决议：</b>
                {item.resolution}
              </p>
            )}
            {item.actions.map((a) => (
              <p key={a.id} className="small row wrap">
                <b>落实：</b>
                <span className="grow">{a.text}</span>
                <span className="t2">
                  {a.owner?.name ?? '未定责任人'} · {a.dueOn ? `${dateText(a.dueOn)}前` : '时限未定'}
                </span>
                {a.settledOn ? (
                  <Status kind="done">{`${dateText(a.settledOn)}办结：${a.result}`}</Status>
                ) : (
                  <Status kind="calm">未办结</Status>
                )}
                <Slot name="meeting.action" id={a.id} />
              </p>
            ))}
          </div>
        </div>
      ))}
    </div>
  </section>
)

function Vote({ vote }: { vote: NonNullable<MeetingView['items'][number]['vote']> }) {
  const written = vote.writtenInFavour + vote.writtenAgainst + vote.writtenAbstained
  const half = vote.majority.have * 2 === vote.majority.of
  return (
    <div className="vote-box">
      <p className="row wrap">
        <span className="tag">{VOTE_METHODS[vote.method]}</span>
        <span>
          {CHOICES.inFavour} <b>{vote.inFavour}</b>
        </span>
        <span>
          {CHOICES.against} <b>{vote.against}</b>
        </span>
        <span>
          {CHOICES.abstained} <b>{vote.abstained}</b>
        </span>
        {written > 0 && <span className="t3">另有会前书面意见 {written} 份</span>}
        {vote.recused.length > 0 && <span className="t3">回避 {vote.recused.map((r) => r.name).join('、')}</span>}
        {vote.toVerify && <span className="tag hu">核对原文</span>}
      </p>
      <Quorate check={vote.quorum} gotName="实到" />
      {vote.quorate && <Quorate check={vote.majority} gotName="赞成" met="通过" notMet={half ? '恰好一半，未通过' : '未通过'} />}
      {!vote.quorate && <p className="small zhe">到会人数未达到规定，表决无效，决议不成立。</p>}
      {vote.recordedPassed !== null && vote.recordedPassed !== vote.passed && (
        <p className="small zhe">记录写的是{vote.recordedPassed ? '通过' : '未通过'}，与票数不符。</p>
      )}
      {vote.notEntitledCount > 0 && (
        <p className="small zhe">
          计入了 {vote.notEntitledCount} 张没有表决权的人的票
          {vote.notEntitled.length > 0 && `：${vote.notEntitled.map((n) => n.name).join('、')}`}，已从结果里扣除。
        </p>
      )}
      <p className="tiny t3">
        {vote.ruleTitle}；依据：{vote.source}
      </p>
    </div>
  )
}
