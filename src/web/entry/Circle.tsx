const STEPS = [
  { arc: 'M174.6 92.5A188 188 0 0 1 345.4 92.5', x: 260, y: 48, name: '计划' },
  { arc: 'M362.4 102.3A188 188 0 0 1 447.7 250.2', x: 452, y: 157, name: '执行', now: true },
  { arc: 'M447.7 269.8A188 188 0 0 1 362.4 417.7', x: 452, y: 375, name: '监督' },
  { arc: 'M345.4 427.5A188 188 0 0 1 174.6 427.5', x: 260, y: 484, name: '考核' },
  { arc: 'M157.6 417.7A188 188 0 0 1 72.3 269.8', x: 68, y: 375, name: '整改' },
  { arc: 'M72.3 250.2A188 188 0 0 1 157.6 102.3', x: 68, y: 157, name: '反馈' },
]

/** The six steps of the work as one circle, with what the product promises inside. */
export const Circle = () => (
  <div className="circle">
    <svg viewBox="0 0 520 520" role="img" aria-label="计划、执行、监督、考核、整改、反馈六步闭环">
      {STEPS.map(({ arc, x, y, name, now }) => (
        <g key={name}>
          <path d={arc} fill="none" stroke={now ? 'var(--zhu)' : 'var(--line-strong)'} strokeWidth={now ? 9 : 3} />
          <text x={x} y={y} textAnchor="middle" fontSize="17" fill={now ? 'var(--zhu)' : 'var(--ink2)'} fontWeight={now ? 600 : 400}>
            {name}
          </text>
        </g>
      ))}
    </svg>
    <p className="serif">
      干一次活
      <br />
      记一次账
      <br />
      处处可用
    </p>
  </div>
)
