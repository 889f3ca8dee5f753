import { givenBack } from './ItemCard.tsx'
import { type Item, type Result, scoreText, stateOf, whyOf } from './words.ts'

interface Props {
  result: Result
  onOpen: (path: string) => void
}

/** What carries no marks: 不适用 with what becomes of the marks, and 未填 with whoever owes the value. */
export function Absent({ result, onOpen }: Props) {
  const items = result.dimensions.flatMap((d) => d.items)
  const not = items.filter((i) => stateOf(i) === 'notApplicable')
  const open = items.filter((i) => stateOf(i) === 'open')
  if (not.length + open.length === 0) return null
  return (
    <section className="card">
      <header>
        <h2>没有计分的</h2>
        <span className="small t2">不当作零分</span>
      </header>
      <ul className="ev-lines">
        {open.map((item) => (
          <Line key={item.path} item={item} onOpen={onOpen} />
        ))}
        {not.map((item) => (
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
      <span className={`tag ${stateOf(item) === 'open' ? 'hu' : ''}`}>{scoreText(item)}</span>
    </span>
    <span className="small t2">{whyOf(item)}</span>
  </li>
)
