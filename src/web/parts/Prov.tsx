import { type ReactNode, useState } from 'react'
import { Seal } from './Seal.tsx'
import { SidePanel } from './SidePanel.tsx'

interface Props {
  /** The number on show. */
  children: ReactNode
  /** The conclusion of the panel: 「党员大会 计入 3 次」. */
  title: string
  note?: ReactNode
  /** Formula, what was counted, what was not and why. Made only when opened, so it may read. */
  panel: () => ReactNode
  foot?: ReactNode
  className?: string
}

/** A number that the system computed: dashed underline, and on a click where it comes from. */
export function Prov({ children, title, note, panel, foot, className = '' }: Props) {
  const [open, setOpen] = useState(false)
  return (
    <>
      <button type="button" className={`prov ${className}`} onClick={() => setOpen(true)}>
        {children}
        <span className="hidden-text">，看出处</span>
      </button>
      <SidePanel open={open} onClose={() => setOpen(false)} kicker="出处" title={title} note={note} foot={foot}>
        {open && panel()}
      </SidePanel>
    </>
  )
}

interface RecordProps {
  number?: string
  date: string
  title: string
  line?: ReactNode
  /** Other places that use the same record. */
  alsoIn?: string[]
  /** Why it was not counted. */
  leftOut?: string
  onOpen?: () => void
}

/** One record in the panel of a number. */
export const ProvRecord = ({ number, date, title, line, alsoIn = [], leftOut, onOpen }: RecordProps) => (
  <article className={`prov-record ${leftOut ? 'left-out' : ''}`}>
    <div className="row between">
      <Seal number={number} entered={number !== undefined} {...(onOpen ? { onOpen } : {})} />
      <span className="small t3">{date}</span>
    </div>
    <h3>{title}</h3>
    {line && <p className="small">{line}</p>}
    {leftOut && <p className="small zhe strong">没计入：{leftOut}</p>}
    {alsoIn.length > 0 && (
      <p className="prov-also">
        <span className="t3">还用在</span>
        {alsoIn.map((place) => (
          <span className="tag" key={place}>
            {place}
          </span>
        ))}
      </p>
    )}
  </article>
)
