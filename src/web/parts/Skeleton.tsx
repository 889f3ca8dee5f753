import { useEffect, useState } from 'react'

const PATIENCE = 300

/** Grey lines in the shape of what comes; nothing at all during the first 300 ms. `doing` says after two seconds what is computed. */
export function Skeleton({ lines = 4, doing }: { lines?: number; doing?: string }) {
  const waited = useWaited()
  if (waited < PATIENCE) return null
  return (
    <div className="skeleton" role="status">
      <span className="hidden-text">正在读取</span>
      {Array.from({ length: lines }, (_, i) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: lines are all alike
        <i key={i} style={{ width: `${[92, 76, 84, 60][i % 4]}%` }} />
      ))}
      {doing && waited > 2000 && <p className="small t3">{doing}</p>}
    </div>
  )
}

function useWaited(): number {
  const [waited, setWaited] = useState(0)
  useEffect(() => {
    const timers = [PATIENCE, 2001].map((after) => setTimeout(() => setWaited(after), after))
    return () => timers.forEach(clearTimeout)
  }, [])
  return waited
}
