import { Status } from '#web/parts/Status.tsx'
import { yuan } from '../contract.ts'
import type { Row } from './MonthView.tsx'

/** How far somebody is with a month, in a word. */
export function DueStatus({ row: { state, owed, paid, elsewhere } }: { row: Row }) {
  if (state === 'paid') return <Status kind="done">已交足</Status>
  if (state === 'none') return <Status kind="calm">批准免交</Status>
  if (state === 'short') return <Status kind="late">差 {yuan((owed ?? 0) - paid)} 元</Status>
  if (state === 'elsewhere') return <Status kind="calm">在{elsewhere}交</Status>
  if (state === 'unlisted') return <Status kind="calm">待列入名单</Status>
  if (state === 'noBase') return <Status kind="note">没有基数</Status>
  return <Status kind="soon">未交</Status>
}
