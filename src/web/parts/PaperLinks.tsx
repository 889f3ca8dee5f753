import { Icon } from './Icon.tsx'

const TITLES = { word: 'Word', pdf: 'PDF', excel: 'Excel' } as const
export type PaperFormat = keyof typeof TITLES

interface Props {
  label: string
  /** The address of the file in a format. */
  of: (format: 'word' | 'pdf') => string
  /** The same as a workbook, where there is one. */
  excel?: string
  small?: boolean
  primary?: boolean
}

/** A paper to download: Word first, PDF (and Excel) beside it, as one control. */
export function PaperLinks({ label, of, excel, small, primary }: Props) {
  const look = `button${small ? ' small' : ''}`
  return (
    <span className="paper-links">
      <a className={`${look}${primary ? ' primary' : ''}`} href={of('word')} download>
        <Icon name="download" size={small ? 15 : 18} /> {label}（Word）
      </a>
      <a className={look} href={of('pdf')} download>
        <span className="hidden-text">{label}</span> PDF
      </a>
      {excel && (
        <a className={look} href={excel} download>
          <span className="hidden-text">{label}</span> Excel
        </a>
      )}
    </span>
  )
}
