import { Select } from 'antd'
import { useId } from 'react'

interface Props<V extends string> {
  label: string
  value: V | null
  options: Record<V, string>
  onChange: (value: V) => void
  problem?: string | undefined
}

/** A choice of one among more than a few. */
export function Choice<V extends string>({ label, value, options, onChange, problem }: Props<V>) {
  const id = useId()
  return (
    <div className="field">
      <label htmlFor={id}>{label}</label>
      <Select
        id={id}
        style={{ width: '100%' }}
        placeholder="请选择"
        value={value}
        onChange={(next) => onChange(next as V)}
        options={Object.entries<string>(options).map(([key, text]) => ({ value: key, label: text }))}
        {...(problem ? { status: 'error' as const } : {})}
      />
      {problem && <p className="problem">{problem}</p>}
    </div>
  )
}
