import { Link } from '@tanstack/react-router'
import type { Election } from './Procedure.tsx'

const SIDES = { monitor: '监票人', counter: '计票人' }

/** The ballots: who has typed, what was counted, what is still open. */
export function Rounds({ e }: { e: Election }) {
  if (e.rounds.length === 0) return null
  return (
    <>
      {e.rounds.map((r) => (
        <section key={r.n} aria-label={`第 ${r.n} 轮`}>
          <h3>
            第 {r.n} 轮，选 {r.seats} 名，发出 {r.issued} 张{r.settled && `，收回 ${r.returned} 张，废票 ${r.invalid} 张`}
          </h3>
          {!r.settled && (
            <p className={r.different ? 'note zhe' : 'note'}>
              {r.different
                ? '两人录入不一致，请各自对照选票核对后改正。'
                : `${(['monitor', 'counter'] as const).map((s) => `${SIDES[s]}${(s === 'monitor' ? e.monitor : e.counter)?.name}${r.typed.includes(s) ? '已录入' : '还没有录入'}`).join('，')}。`}
              {e.can.count && (
                <Link to="/elections/count" search={{ open: e.id } as never}>
                  去录入
                </Link>
              )}
            </p>
          )}
          {r.settled && (
            <ul className="election-lines">
              {r.votes.map((v) => (
                <li key={v.personId}>
                  <span>{r.candidates.find((c) => c.personId === v.personId)?.name}</span>
                  <span className="t2">
                    赞成 {v.inFavour}，反对 {v.against}，弃权 {v.abstained}
                  </span>
                </li>
              ))}
            </ul>
          )}
        </section>
      ))}
      {e.left && e.left.seats > 0 && (
        <p className="note hu">
          还缺 {e.left.seats} 名：{e.left.names.join('、')}
          {e.left.tied ? '票数相等，应当就他们再投一轮' : '没有超过实到会半数，可以再投一轮，或者名额暂缺'}。
        </p>
      )}
    </>
  )
}
