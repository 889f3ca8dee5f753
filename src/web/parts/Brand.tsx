const ARCS = [
  'M17.02 7.66A8.4 8.4 0 0 1 22.71 10.94',
  'M23.73 12.72A8.4 8.4 0 0 1 23.73 19.28',
  'M22.71 21.06A8.4 8.4 0 0 1 17.02 24.34',
  'M14.98 24.34A8.4 8.4 0 0 1 9.29 21.06',
  'M8.27 19.28A8.4 8.4 0 0 1 8.27 12.72',
  'M9.29 10.94A8.4 8.4 0 0 1 14.98 7.66',
]

/** The mark of the product: six steps of one circle around a seal. */
export function Brand({ size = 26 }: { size?: number }) {
  return (
    <svg width={size} height={size} viewBox="0 0 32 32" aria-hidden="true">
      <rect width="32" height="32" rx="7" fill="var(--brand)" />
      <g fill="none" stroke="#fff" strokeWidth="3.6">
        {ARCS.map((arc) => (
          <path key={arc} d={arc} />
        ))}
      </g>
      <rect x="14.2" y="14.2" width="3.6" height="3.6" rx=".8" fill="#fff" />
    </svg>
  )
}
