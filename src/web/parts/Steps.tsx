interface Props {
  steps: string[]
  /** The step that is on; all before it are done. Equal to the number of steps when all is done. */
  now: number
  /** Where a step may be passed without having been done: whether each was. */
  done?: boolean[]
}

/** A closed loop of a few named steps, e.g. 立项 → 分派 → 整改 → 验收 → 销号 → 回头看. */
export const LoopBar = ({ steps, now, done }: Props) => (
  <ol className="loop" style={{ gridTemplateColumns: `repeat(${steps.length}, 1fr)` }}>
    {steps.map((step, i) => (
      <li key={step} className={look(i, now, done)} aria-current={i === now ? 'step' : undefined}>
        {step}
        <span className="hidden-text">
          {{ done: '，已完成', now: '，正在办', '': i < now ? '，没有办完' : '，还没到' }[look(i, now, done)]}
        </span>
      </li>
    ))}
  </ol>
)

/** The same in the height of a table row: pips, and the name of the step that is on. */
export const StepPips = ({ steps, now, done }: Props) => (
  <span className="pips">
    <span aria-hidden="true">
      {steps.map((step, i) => (
        <i key={step} className={look(i, now, done)} />
      ))}
    </span>
    <small>{steps[now] ?? '已办结'}</small>
  </span>
)

const look = (i: number, now: number, done: boolean[] | undefined) => ((done?.[i] ?? i < now) ? 'done' : i === now ? 'now' : '')
