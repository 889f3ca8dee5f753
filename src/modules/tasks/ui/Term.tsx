import { useDeferredValue } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import type { Problems } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'

export interface Term {
  by: 'days' | 'date' | 'none'
  days: string
  on: string | null
}

export const firstTerm: Term = { by: 'days', days: '5', on: null }

/** What the term sends: a day or working days; a sentence when something is missing. */
export const termInput = ({ by, days, on }: Term): { dueOn?: string; workingDays?: number } | string => {
  if (by === 'none') return {}
  if (by === 'date') return on ? { dueOn: on } : '请填时限的日期，或选“不设时限”'
  return /^\d{1,3}$/.test(days) && Number(days) > 0 ? { workingDays: Number(days) } : '请填几个工作日，填整数'
}

/** A term in working days, with the day it comes to; or a day; or none. */
export function TermField({ term, onChange, problems }: { term: Term; onChange: (term: Term) => void; problems: Problems }) {
  const days = useDeferredValue(term.days)
  const ready = term.by === 'days' && /^\d{1,3}$/.test(days) && Number(days) > 0 && Number(days) <= 500
  const { data } = useRead('workdays.after', { from: today(), workingDays: Number(days) || 1 }, { enabled: ready })
  return (
    <>
      <Segments
        label="时限"
        value={term.by}
        options={{ days: '几个工作日', date: '到某一天', none: '不设时限' }}
        onChange={(by) => onChange({ ...term, by })}
      />
      {term.by === 'days' && (
        <TextLine
          label="几个工作日之内"
          value={term.days}
          onChange={(text) => onChange({ ...term, days: text })}
          problem={problems.workingDays ?? problems.dueOn}
          max={3}
          hint={
            ready && data
              ? `到 ${dateText(data.on)}${data.unknownYears.length > 0 ? `；${data.unknownYears.join('、')} 年的放假还没有登记，按周一到周五算` : ''}`
              : '从明天起算，放假不算、调休上班算'
          }
        />
      )}
      {term.by === 'date' && (
        <LabelledDate label="到哪一天" value={term.on} onChange={(on) => onChange({ ...term, on })} problem={problems.dueOn} />
      )}
    </>
  )
}
