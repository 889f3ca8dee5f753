import type { Result } from './words.ts'

/** The grades as stretches of one line, one's own place marked, and how far the next grade is. */
export function BandScale({ data }: { data: Result }) {
  const full = data.bandsBy === 'rate' ? 100 : Number(data.outOf ?? NaN)
  const value = data.score === null ? NaN : data.bandsBy === 'rate' ? (Number(data.score) / Number(data.outOf)) * 100 : Number(data.score)
  const stretches = data.bands
    .map((b) => ({ name: b.name, from: Number(b.atLeast ?? b.above ?? 0), to: Number(b.below ?? b.atMost ?? full) }))
    .filter((b) => Number.isFinite(b.from) && Number.isFinite(b.to) && b.to >= b.from)
    .reverse()
  if (!Number.isFinite(full) || !Number.isFinite(value) || stretches.length === 0 || !['score', 'rate'].includes(data.bandsBy ?? ''))
    return <p className="small t2 ev-says grow">{data.says}</p>
  const next = stretches.find((b) => b.from > value)
  const unit = data.bandsBy === 'rate' ? '%' : ' 分'
  const gap = next && Math.round((next.from - value) * 100) / 100
  return (
    <figure className="ev-scale grow" role="img" aria-label={`${data.grade ?? '等次未定'}。${data.says}`}>
      <div className="ev-scale-line">
        {stretches.map((b) => (
          <span key={b.name} className={b.name === data.grade ? 'own' : ''} style={{ flexGrow: Math.max(4, b.to - b.from) }}>
            <small>{b.name}</small>
            <i />
          </span>
        ))}
      </div>
      <figcaption className="small t2">
        {data.grade ? `等次「${data.grade}」${data.health ? `，${data.health}` : ''}` : '等次未定'}
        {next && gap !== undefined && `，距「${next.name}」${gap}${unit}`}
      </figcaption>
    </figure>
  )
}
