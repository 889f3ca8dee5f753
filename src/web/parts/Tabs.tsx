interface Props<K extends string> {
  /** What the tabs choose among, for those who hear it. */
  label: string
  tabs: { key: K; label: string; count?: number | undefined }[]
  active: K
  onChange: (key: K) => void
}

/** At most six views of the same list, with their counts. */
export const Tabs = <K extends string>({ label, tabs, active, onChange }: Props<K>) => (
  <nav className="tabs" aria-label={label}>
    {tabs.map(({ key, label: text, count }) => (
      <button
        type="button"
        key={key}
        className={key === active ? 'on' : ''}
        aria-current={key === active || undefined}
        onClick={() => onChange(key)}
      >
        {text}
        {count !== undefined && ` ${count}`}
      </button>
    ))}
  </nav>
)
