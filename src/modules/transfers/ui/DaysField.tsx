import { Segments } from '#web/parts/Segments.tsx'
import { VALIDITY } from '../contract.ts'

const OPTIONS = { '10': '市内 10 天', '30': '市外 30 天', '90': '路远 90 天' }

/** How long the letter holds, by the way to go. */
export function DaysField({ days, onChange, problem }: { days: number; onChange: (days: number) => void; problem?: string | undefined }) {
  return (
    <div className="field">
      <Segments
        label="介绍信有效期"
        value={String(days) as keyof typeof OPTIONS}
        options={OPTIONS}
        onChange={(chosen) => onChange(Number(chosen))}
      />
      <p className={problem ? 'problem' : 'hint'}>
        {problem ?? (days === VALIDITY.sameCity ? '对方在到期以前接收或退回；到期没有办的会提示重开' : '最长不超过 3 个月')}
      </p>
    </div>
  )
}
