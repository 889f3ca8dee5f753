interface Props {
  id?: string
  /** A civil date 'YYYY-MM-DD', or null. */
  value?: string | null
  onChange?: (value: string | null) => void
  min?: string
  max?: string
  disabled?: boolean
  'aria-label'?: string
  'aria-describedby'?: string
}

/** A day of the civil calendar, 'YYYY-MM-DD' in and out, without any time zone: the browser's own field. Fits in a Form.Item. */
export const DateField = ({ value, onChange, ...input }: Props) => (
  <input
    {...input}
    type="date"
    className="text date"
    value={value ?? ''}
    onChange={(event) => onChange?.(event.target.value === '' ? null : event.target.value)}
  />
)
