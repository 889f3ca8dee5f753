interface TextProps {
  label: string
  value: string
  max: number
  onChange: (text: string) => void
  problem?: string[] | undefined
  className?: string
  rows?: number
}

/** A labelled text, of one line or several. */
export function Text({ label, value, max, onChange, problem, className = '', rows }: TextProps) {
  const id = `text-${label}`
  const common = { id, className: 'text', value, maxLength: max, 'aria-invalid': problem ? true : undefined }
  return (
    <div className={`field ${className}`}>
      <label htmlFor={id}>{label}</label>
      {rows ? (
        <textarea {...common} rows={rows} onChange={(e) => onChange(e.target.value)} />
      ) : (
        <input {...common} onChange={(e) => onChange(e.target.value)} />
      )}
      <Problem of={problem} />
    </div>
  )
}

/** What is wrong with a field. */
export const Problem = ({ of }: { of: string[] | undefined }) => (of ? <p className="problem">{of[0]}</p> : null)
