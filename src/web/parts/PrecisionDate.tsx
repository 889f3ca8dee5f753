import { type ReactNode, useId, useState } from 'react'
import { type DatedValue, dateName, isDated, readDate } from '#kernel/civilDate.ts'

interface Props {
  label: ReactNode
  value: DatedValue | null
  onChange: (value: DatedValue | null) => void
}

/** A date of life as precisely as it is known: 1949.10 stays a month. Any way of writing is read, and shown as it was understood. */
export function PrecisionDateField({ label, value, onChange }: Props) {
  const id = useId()
  const [text, setText] = useState(value?.text ?? '')
  const read = text.trim() === '' ? null : readDate(text)
  const problem = read && !isDated(read) ? `${read.problem}。${read.remedy}` : null
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <input
        id={id}
        className="text"
        value={text}
        placeholder="如 1988-03-12，只知道年月写 1988.03"
        aria-invalid={problem ? true : undefined}
        aria-describedby={`${id}-read`}
        onChange={(event) => {
          setText(event.target.value)
          const next = readDate(event.target.value)
          onChange(isDated(next) ? next : null)
        }}
      />
      <p id={`${id}-read`} className={problem ? 'problem' : 'hint'}>
        {problem ?? (read && isDated(read) ? <PrecisionDate value={read} /> : '知道到哪儿写到哪儿，不用补「日」')}
      </p>
    </div>
  )
}

const KNOWN = { day: '', month: '（只知年月）', year: '（只知年份）' }

/** Shows a date with the precision it is known in. */
export const PrecisionDate = ({ value }: { value: DatedValue }) => (
  <span className="nowrap">
    {dateName(value)}
    {value.precision !== 'day' && <span className="t3 tiny">{KNOWN[value.precision]}</span>}
  </span>
)
