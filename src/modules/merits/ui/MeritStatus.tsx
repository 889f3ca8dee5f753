import { today } from '#kernel/civilDate.ts'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import { ENDINGS, type Merit } from '../contract.ts'

/** Where a reward or sanction stands, in a few words. */
export function MeritStatus({ nature, inEffect, until, ended }: Pick<Merit, 'nature' | 'inEffect' | 'until' | 'ended'>) {
  if (ended && ended !== 'restored') return <Status kind="calm">{ENDINGS[ended]}</Status>
  if (nature === 'reward') return <Status kind="done">奖励</Status>
  if (inEffect && until! <= today()) return <Status kind="late">党员权利没有恢复</Status>
  if (inEffect) return <Status kind="soon">影响期到 {dateText(until!)}</Status>
  return <Status kind="done">影响期已满</Status>
}
