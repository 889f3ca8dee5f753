import { type Item, marksText, type Result, scoreText } from './words.ts'

interface Props {
  dimensions: Result['dimensions']
  chosen: string | undefined
  onOpen: (path: string) => void
}

/** 得分树: dimensions with their marks, indicators with the share that was got. */
export function ScoreTree({ dimensions, chosen, onOpen }: Props) {
  return (
    <section className="card ev-tree">
      <header>
        <h2>得分树</h2>
        <span className="small t2">得分 / 分值</span>
      </header>
      <div className="ev-tree-body">
        {dimensions.map((d, i) => (
          <section key={d.path} aria-label={d.name}>
            <h3>
              <i style={{ background: `var(--c${(i % 6) + 1})` }} aria-hidden="true" />
              <span className="grow">{d.name}</span>
              <b>{marksText(d.score)}</b>
              <span className="ev-max">{d.max ?? ''}</span>
            </h3>
            <ul>
              {d.items.map((item) => (
                <li key={item.path}>
                  <button
                    type="button"
                    className={item.path === chosen ? 'on' : ''}
                    aria-current={item.path === chosen || undefined}
                    onClick={() => onOpen(item.path)}
                  >
                    <span className="grow ellipsis">{item.name}</span>
                    <Got item={item} />
                    <span className={`ev-marks ${item.score === null ? 't2' : ''}`}>{scoreText(item)}</span>
                    <span className="ev-max">{item.max ?? ''}</span>
                  </button>
                </li>
              ))}
            </ul>
          </section>
        ))}
      </div>
    </section>
  )
}

function Got({ item: { score, max } }: { item: Item }) {
  if (score === null || max === null || Number(max) <= 0) return null
  const share = Math.max(0, Math.min(1, Number(score) / Number(max)))
  return (
    <span className="ev-got" aria-hidden="true">
      <i style={{ width: `${share * 100}%` }} />
      <i className="lost" style={{ width: `${(1 - share) * 100}%` }} />
    </span>
  )
}
