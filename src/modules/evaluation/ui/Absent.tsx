import { givenBack } from './ItemCard.tsx'
import { type Item, type Result, scoreText, whyOf } from './words.ts'

interface Props {
  result: Result
  onOpen: (path: string) => void
}

/** What carries no marks: 未填 with whoever owes the value, 未到期, and 不适用 with what becomes of the marks. */
export function Absent({ result, onOpen }: Props) {
  const items = result.dimensions.flatMap((d) => d.items)
  const of = (...states: Item['state'][]) => items.filter((i) => states.includes(i.state))
  const not = of('不适用')
  const without = [...of('未填', '未定'), ...of('未到期'), ...not]
  if (without.length === 0) return null
  return (
    <section className="card">
      <header>
        <h2>没有计分的</h2>
        <span className="small t2">不当作零分</span>
      </header>
      <ul className="ev-lines">
        {without.map((item) => (
          <Line key={item.path} item={item} onOpen={onOpen} />
        ))}
        {not.length > 0 && <li className="small">{givenBack(result)}</li>}
      </ul>
    </section>
  )
}

const Line = ({ item, onOpen }: { item: Item; onOpen: (path: string) => void }) => (
  <li>
    <span className="row between">
      <button type="button" className="link" onClick={() => onOpen(item.path)}>
        {item.name}
      </button>
      <span className={`tag ${item.state === '未填' || item.state === '未定' ? 'hu' : ''}`}>{scoreText(item)}</span>
    </span>
    <span className="small t2">{whyOf(item)}</span>
  </li>
)
