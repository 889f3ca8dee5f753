interface Props {
  steps: string[]
  /** The step that is on; all before it are done. Equal to the number of steps when all is done. */
  now: number
}

/** A closed loop of a few named steps, e.g. 立项 → 分派 → 整改 → 验收 → 销号 → 回头看. */
export const LoopBar = ({ steps, now }: Props) => (
  <ol className="loop" style={{ gridTemplateColumns: `repeat(${steps.length}, 1fr)` }}>
    {steps.map((step, i) => (
      <li key={step} className={i < now ? 'done' : i === now ? 'now' : ''} aria-current={i === now ? 'step' : undefined}>
        {step}
        <span className="hidden-text">{i < now ? '，已完成' : i === now ? '，正在办' : '，还没到'}</span>
      </li>
    ))}
  </ol>
)

/** The same in the height of a table row: pips, and the name of the step that is on. */
export const StepPips = ({ steps, now }: Props) => (
  <span className="pips">
    <span aria-hidden="true">
      {steps.map((step, i) => (
        <i key={step} className={i < now ? 'done' : i === now ? 'now' : ''} />
      ))}
    </span>
    <small>{steps[now] ?? '已办结'}</small>
  </span>
)
