import { Prov } from '#web/parts/Prov.tsx'
import { Seal } from '#web/parts/Seal.tsx'
import { Status } from '#web/parts/Status.tsx'
import { Provenance, ProvenanceFoot } from './Provenance.tsx'
import { factNumber, type Item, type ItemCases, periodName, within } from './words.ts'

type Case = ItemCases['cases'][number]

/** What was expected and what was counted, period by period; each count opens to its records. */
export const CaseTable = ({ item, data }: { item: Item; data: ItemCases }) => (
  <table className="table compact ev-cases" aria-label={`${item.name}：应有和计入`}>
    <thead>
      <tr>
        <th scope="col">期间</th>
        <th scope="col" className="right">
          应有
        </th>
        <th scope="col" className="right">
          计入
        </th>
        <th scope="col">结论</th>
        <th scope="col">实绩</th>
      </tr>
    </thead>
    <tbody>
      {data.cases.map((c) => (
        <tr key={`${c.period} ${c.note} ${c.facts[0]?.id ?? ''}`}>
          <td className="nowrap">
            {c.periodName}
            {c.part && <span className="small t2"> {c.part}</span>}
          </td>
          <td className="right">{c.expected}</td>
          <td className="right">
            <Prov
              title={`${c.periodName}${item.name} 计入 ${countedOf(c)} 次`}
              note={`${periodName(data.period)}，${data.orgName}`}
              panel={() => <Provenance data={data} period={c.period} />}
              foot={<ProvenanceFoot data={data} />}
            >
              <span className="hidden-text">{c.periodName}计入 </span>
              {countedOf(c)}
            </Prov>
          </td>
          <td>
            <Conclusion of={c} />
          </td>
          <td>
            <Numbers facts={c.facts} leftOut={data.leftOut.filter((f) => within(c.period, f.happenedOn)).length} />
          </td>
        </tr>
      ))}
    </tbody>
  </table>
)

const countedOf = ({ met, expected }: Case) => Math.min(met, expected)

function Conclusion({ of: { met, expected, due } }: { of: Case }) {
  if (met >= expected) return <Status kind="done">齐</Status>
  if (due === false) return <Status kind="calm">未到期</Status>
  return <Status kind="late">{`缺 ${expected - met} 次`}</Status>
}

function Numbers({ facts, leftOut }: Pick<Case, 'facts'> & { leftOut: number }) {
  const [first] = facts
  if (!first) return <span className="t3 nowrap">{leftOut > 0 ? `${leftOut} 条没计入` : '无记录'}</span>
  return (
    <span className="row">
      <Seal {...(first.n === null ? {} : { number: factNumber(first.n) })} />
      {facts.length > 1 && <span className="small t2">等 {facts.length} 条</span>}
    </span>
  )
}
