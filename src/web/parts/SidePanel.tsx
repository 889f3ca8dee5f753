import { type ReactNode, useEffect, useRef } from 'react'
import { Icon } from './Icon.tsx'

interface Props {
  open: boolean
  onClose: () => void
  /** Small words above the title: what kind of thing this is. */
  kicker?: string
  title: string
  note?: ReactNode
  children: ReactNode
  foot?: ReactNode
}

/** A panel over the right side of the page. It holds the focus, closes on Esc and gives the focus back. */
export function SidePanel({ open, onClose, kicker, title, note, children, foot }: Props) {
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (open && !dialog.current?.open) dialog.current?.showModal()
    if (!open) dialog.current?.close()
  }, [open])
  return (
    // biome-ignore lint/a11y/useKeyWithClickEvents: a dialog closes on Esc by itself; the click is for the backdrop
    <dialog
      ref={dialog}
      className="side-panel"
      aria-label={title}
      onClose={onClose}
      onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
    >
      {open && (
        <div className="side-panel-inside">
          <header>
            <div className="grow">
              {kicker && <p className="small t2">{kicker}</p>}
              <h2>{title}</h2>
              {note && <p className="small t2">{note}</p>}
            </div>
            <button type="button" className="top-icon" aria-label="关闭" onClick={() => dialog.current?.close()}>
              <Icon name="cross" size={18} />
            </button>
          </header>
          <div className="side-panel-body">{children}</div>
          {foot && <footer>{foot}</footer>}
        </div>
      )}
    </dialog>
  )
}
