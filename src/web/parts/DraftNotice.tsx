import { momentText } from '../text.ts'
import { Icon } from './Icon.tsx'

/** Says that a form was filled from a draft, and lets it be thrown away. */
export const DraftNotice = ({ at, onDiscard }: { at: string; onDiscard: () => void }) => (
  <div className="note dai" role="status">
    <Icon name="document" />
    <p className="grow">已接上 {momentText(at)} 没存完的草稿，只存在这台机器上。</p>
    <button type="button" className="button text small" onClick={onDiscard}>
      丢弃
    </button>
  </div>
)
