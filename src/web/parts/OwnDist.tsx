const FEWEST = 5
/** Cells stand on each other up to this height in pixels; more of them get lower. */
const HEIGHT = 168

interface Props {
  /** How many units have each value, in the order of the axis. */
  bins: { label: string; count: number }[]
  /** The bin of the unit that looks. */
  mine: number
  mineName?: string
  /** Where the median lies, in bins (2.5 is the middle between the third and the fourth). */
  median?: { at: number; label: string }
  /** One sentence that says what is seen. */
  says: string
}

/** 同类分布: one cell is one unit, one's own marked; no names and no ranks, and nothing at all below five units. */
export function OwnDist({ bins, mine, mineName = '本支部', median, says }: Props) {
  const total = bins.reduce((sum, { count }) => sum + count, 0)
  if (total < FEWEST) return <p className="small t2">同类少于 {FEWEST} 个，不显示分布。</p>
  const highest = Math.max(...bins.map(({ count }) => count))
  const step = Math.min(14, HEIGHT / highest)
  return (
    <figure className="own-dist">
      <div role="img" aria-label={says} className="own-dist-bins" style={{ gridTemplateColumns: `repeat(${bins.length}, 1fr)` }}>
        {bins.map(({ label, count }, i) => (
          <div key={label} className="own-dist-bin" style={{ minHeight: highest * step + 40, gap: step < 8 ? 1 : 3 }}>
            {i === mine && <b className="zhu tiny">{mineName}</b>}
            {Array.from({ length: count }, (_, n) => (
              // biome-ignore lint/suspicious/noArrayIndexKey: cells are all alike
              <i key={n} className={i === mine && n === count - 1 ? 'mine' : ''} style={{ height: step - (step < 8 ? 1 : 3) }} />
            ))}
            <small>{label}</small>
          </div>
        ))}
        {median && (
          <span
            className={median.at >= bins.length / 2 ? 'own-dist-median late' : 'own-dist-median'}
            style={{ left: `${((median.at + 0.5) / bins.length) * 100}%` }}
          >
            {median.label}
          </span>
        )}
      </div>
      <figcaption className="small">{says}</figcaption>
    </figure>
  )
}
