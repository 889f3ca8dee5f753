import { Link } from '@tanstack/react-router'
import { Icon } from '#web/parts/Icon.tsx'
import { Seal } from '#web/parts/Seal.tsx'
import { countText, dateText } from '#web/text.ts'
import { type Fact, factNumber, type ItemCases, within } from './words.ts'

interface Props {
  data: ItemCases
  /** Only this period of the indicator. */
  period?: string | undefined
}

/** 03b 出处: from the number to the formula, the records that count, those that do not and why, and where each can be checked. */
export function Provenance({ data, period }: Props) {
  const cases = data.cases.filter((c) => period === undefined || c.period === period)
  const counted = cases.flatMap((c) => c.facts)
  const leftOut = data.leftOut.filter((f) => period === undefined || within(period, f.happenedOn))
  const missing = cases.filter((c) => c.met < c.expected && c.due !== false)
  const entered = period === undefined ? data.entered : []
  return (
    <div className="stack">
      <dl className="key-values">
        <dt>怎么数的</dt>
        <dd>{data.rules.join('；') || '计分规则没有公布'}</dd>
        <dt>怎么算的</dt>
        <dd>{data.formula ?? data.sentence}</dd>
      </dl>
      {cases.length > 0 && (
        <section>
          <h3 className="ev-h3">{counted.length > 0 ? `计入 ${counted.length} 条` : '没有计入的记录'}</h3>
          {counted.map((f) => (
            <FactCard key={f.id} fact={f} line={f.line} />
          ))}
        </section>
      )}
      {entered.length > 0 && (
        <section>
          <h3 className="ev-h3">填报 {entered.length} 条</h3>
          {entered.map((f) => (
            <FactCard key={f.id} fact={f} line={`${f.source}（${f.by ?? '系统管理'}填报）`} />
          ))}
        </section>
      )}
      {leftOut.length > 0 && (
        <section>
          <h3 className="ev-h3">没计入 {leftOut.length} 条</h3>
          {leftOut.map((f) => (
            <FactCard key={f.id} fact={f} line={f.line} why={f.why} />
          ))}
        </section>
      )}
      {missing.length > 0 && (
        <section>
          <h3 className="ev-h3">没有找到记录的</h3>
          <ul className="small">
            {missing.map((c) => (
              <li key={`${c.period} ${c.note}`} className="zhe">
                {c.note || `${c.periodName}应 ${c.expected}，计入 ${Math.min(c.met, c.expected)}`}
              </li>
            ))}
          </ul>
        </section>
      )}
    </div>
  )
}

/** One record: its number, its day, the way to the record itself and to its proof. */
export function FactCard({ fact, line, why }: { fact: Fact; line: string; why?: string }) {
  const number = fact.n === null ? undefined : factNumber(fact.n)
  return (
    <article className={`prov-record ${why ? 'left-out' : ''}`}>
      <div className="row between">
        <Seal {...(number ? { number } : {})} />
        <span className="small t3">{dateText(fact.happenedOn)}</span>
      </div>
      <h3>{fact.title}</h3>
      {line && <p className="small">{line}</p>}
      {why && <p className="small zhe strong">没计入：{why}</p>}
      <p className="ev-ways small">
        {fact.open && (
          <Link to={fact.open as never}>
            看这次记录<span className="hidden-text">：{dateText(fact.happenedOn)}</span>
          </Link>
        )}
        <Link to="/ledger" search={{ fact: fact.n ?? fact.id } as never}>
          验账本证明<span className="hidden-text">：{number ?? dateText(fact.happenedOn)}</span>
        </Link>
      </p>
    </article>
  )
}

/** What the panel rests on: the ledger up to a number, its root, and the scheme. */
export const ProvenanceFoot = ({ data }: { data: ItemCases }) => (
  <div className="row between wrap">
    <div className="small">
      <p className="song row">
        <Icon name="shield" /> 按账本第 {countText(data.through)} 号计算，每条都能单独验证
      </p>
      <p className="tiny t3 mono">
        树根 {data.root.slice(0, 12)} 方案 {data.fingerprint.slice(0, 12)}
      </p>
    </div>
    <Link className="small" to="/ledger">
      自己验账本
    </Link>
  </div>
)
