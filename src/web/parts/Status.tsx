import type { ReactNode } from 'react'
import { Icon, type IconName } from './Icon.tsx'

const KINDS = {
  done: { icon: 'tick', tone: 'song' },
  soon: { icon: 'clock', tone: 'hu' },
  late: { icon: 'warning', tone: 'zhe' },
  wrong: { icon: 'cross', tone: 'zhe' },
  note: { icon: 'info', tone: 'hu' },
  calm: { icon: 'clock', tone: 't2' },
} satisfies Record<string, { icon: IconName; tone: string }>

/** A state told three times: by an icon, by words and by a colour. */
export const Status = ({ kind, children }: { kind: keyof typeof KINDS; children: ReactNode }) => (
  <span className={`status ${KINDS[kind].tone}`}>
    <Icon name={KINDS[kind].icon} size={15} />
    {children}
  </span>
)
