interface Props {
  /** The number of the fact in the ledger, e.g. 2026-03388; undefined while it is not numbered yet. */
  number?: string | undefined
  /** False for what is not in the ledger: drafts, plans and proposals get a dashed frame and never the seal. */
  entered?: boolean
  onOpen?: () => void
}

/** 印: this is a fact in the ledger, with its number. */
export function Seal({ number, entered = true, onOpen }: Props) {
  return (
    <span className="seal">
      {entered ? <i aria-hidden="true">实</i> : <i className="off" aria-hidden="true" />}
      <span className="hidden-text">{entered ? '已存入记录' : '未存入记录'}</span>
      {number &&
        (onOpen ? (
          <button type="button" className="link mono" onClick={onOpen}>
            {number}
          </button>
        ) : (
          <span className="mono">{number}</span>
        ))}
    </span>
  )
}
