import { countText } from '../text.ts'

interface Props {
  /** What is being done: 「正在核对花名册」. */
  doing: string
  done: number
  /** Unknown while it is not counted yet. */
  total?: number | undefined
  unit?: string
  onCancel?: () => void
}

/** How far a long piece of work is, in numbers. */
export const Progress = ({ doing, done, total, unit = '行', onCancel }: Props) => (
  <div className="progress">
    <div className="row between">
      <span role="status">
        {doing}，{total === undefined ? `已 ${countText(done)} ${unit}` : `${countText(done)} / ${countText(total)} ${unit}`}
      </span>
      {onCancel && (
        <button type="button" className="button text small" onClick={onCancel}>
          停下
        </button>
      )}
    </div>
    <progress aria-label={doing} {...(total === undefined ? {} : { value: done, max: Math.max(total, 1) })} />
  </div>
)
