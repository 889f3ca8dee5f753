import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { Prov } from '#web/parts/Prov.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { dateText } from '#web/text.ts'
import { ItemAppeals } from './Appeals.tsx'
import { CaseTable } from './CaseTable.tsx'
import { FactCard, Provenance, ProvenanceFoot } from './Provenance.tsx'
import { type Item, type ItemCases, marksText, periodName, type Ref, type Result, scoreText, whyOf } from './words.ts'

interface Props {
  item: Item
  /** How operations name this result. */
  input: Ref
  result: Result
}

/** One indicator: the rule, the formula, what was counted by period, what was not and why; each number opens to its records. */
export function ItemCard({ item, input, result }: Props) {
  const { data, error, refetch } = useRead('evaluation.cases', { ...input, path: item.path })
  return (
    <section className="card ev-item" aria-label={item.name}>
      <header>
        <h2 className="grow">
          {item.path.split('/').join(' / ')} <span className="tag">{item.source}</span>
        </h2>
        <p className="ev-item-score">
          {data && item.score !== null ? (
            <Prov
              title={`${item.name} ${marksText(item.score)} 分`}
              note={`${periodName(data.period)}，${data.orgName}`}
              panel={() => <Provenance data={data} />}
              foot={<ProvenanceFoot data={data} />}
            >
              <b>{marksText(item.score)}</b>
            </Prov>
          ) : (
            <b className="t2">{scoreText(item)}</b>
          )}
          {item.max !== null && <span> / {item.max}</span>}
        </p>
      </header>
      <div className="inside stack">
        <Rule item={item} result={result} />
        <Says item={item} result={result} />
        {error ? <ErrorCard error={error} again={refetch} /> : !data ? <Skeleton lines={4} /> : <Evidence item={item} data={data} />}
        {input.runId && <ItemAppeals item={item} input={input} result={result} />}
      </div>
    </section>
  )
}

const Rule = ({ item, result }: Pick<Props, 'item' | 'result'>) => (
  <blockquote className="rule-text">
    {item.rules.length > 0 ? item.rules.map((r) => <p key={r}>{r}</p>) : <p>计分规则没有公布</p>}
    <small>{[result.schemeName, result.documentNo, item.by && `${item.by}考核`].filter(Boolean).join(' · ')}</small>
  </blockquote>
)

/** The formula with its figures; or why there are no marks and what becomes of them. */
function Says({ item, result }: Pick<Props, 'item' | 'result'>) {
  if (item.state === '不适用' || item.state === '未到期')
    return (
      <p className="note">
        <Icon name={item.state === '不适用' ? 'info' : 'clock'} />
        <span>
          <b>{item.state}</b>：{whyOf(item)}。{item.state === '不适用' ? givenBack(result) : '到期以前不算做到，也不算没做到。'}
        </span>
      </p>
    )
  if (item.state === '未填' || item.state === '未定')
    return (
      <p className="note hu">
        <Icon name="clock" />
        <span>{whyOf(item)}。补填以前不算零分，总分按已定的各项计。</span>
      </p>
    )
  return (
    <div>
      {item.formula && <p className="ev-formula">{item.formula}</p>}
      <p className={item.formula ? 'small t2' : ''}>{item.sentence}</p>
      {item.parts.length > 0 && <Parts item={item} />}
    </div>
  )
}

/** Each part of a composite source with its weight and what it comes to. */
const Parts = ({ item }: { item: Item }) => (
  <table className="table compact" aria-label={`${item.name}：分项`}>
    <thead>
      <tr>
        <th scope="col">分项</th>
        <th scope="col" className="right">
          权重
        </th>
        <th scope="col" className="right">
          完成
        </th>
        <th scope="col">说明</th>
      </tr>
    </thead>
    <tbody>
      {item.parts.map((p) => (
        <tr key={p.name}>
          <td>{p.name}</td>
          <td className="right">{p.weight}</td>
          <td className="right">{p.value ?? '不计'}</td>
          <td className="small">{p.sentence}</td>
        </tr>
      ))}
    </tbody>
  </table>
)

/** What the result says about the marks of what does not apply. */
export const givenBack = ({ says }: Pick<Result, 'says'>): string => {
  const said = says.split('；').find((part) => part.includes('不适用，'))
  return said ? `${said.slice(said.indexOf('不适用，') + 4)}，不因此多得或少得。` : ''
}

function Evidence({ item, data }: { item: Item; data: ItemCases }) {
  return (
    <>
      {data.cases.length > 0 && <CaseTable item={item} data={data} />}
      {data.entered.length > 0 && (
        <section>
          <h3 className="ev-h3">填报的依据</h3>
          {data.entered.map((f) => (
            <FactCard key={f.id} fact={f} line={`${f.source}（${f.by ?? '系统管理'} ${dateText(f.recordedOn)}填报）`} />
          ))}
        </section>
      )}
      {data.leftOut.length > 0 && (
        <section>
          <h3 className="ev-h3">没有计入的记录</h3>
          {data.leftOut.map((f) => (
            <FactCard key={f.id} fact={f} line={f.line} why={f.why} />
          ))}
        </section>
      )}
    </>
  )
}
