import { type ReactNode, useEffect, useRef, useState } from 'react'

interface Props {
  /** What the button shows, and its spoken name where that is not enough. */
  button: ReactNode
  label?: string
  className?: string
  /** The panel; `close` shuts it and returns the focus to the button. */
  children: (close: () => void) => ReactNode
  side?: 'below' | 'above'
  align?: 'start' | 'end'
}

/** A button that opens a small panel. Esc, a click outside and leaving with Tab shut it. */
export function Pop({ button, label, className = '', children, side = 'below', align = 'start' }: Props) {
  const [open, setOpen] = useState(false)
  const host = useRef<HTMLDivElement>(null)
  const trigger = useRef<HTMLButtonElement>(null)
  const close = () => {
    setOpen(false)
    trigger.current?.focus()
  }
  useEffect(() => {
    if (!open) return
    const outside = (event: Event) => {
      if (!host.current?.contains(event.target as Node)) setOpen(false)
    }
    document.addEventListener('pointerdown', outside)
    document.addEventListener('focusin', outside)
    return () => {
      document.removeEventListener('pointerdown', outside)
      document.removeEventListener('focusin', outside)
    }
  }, [open])

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Esc works from anywhere inside
    <div
      className={`pop ${className}`}
      ref={host}
      onKeyDown={(event) => {
        if (event.key !== 'Escape' || !open) return
        event.stopPropagation()
        close()
      }}
    >
      <button type="button" ref={trigger} className="pop-button" aria-expanded={open} aria-label={label} onClick={() => setOpen(!open)}>
        {button}
      </button>
      {open && <div className={`pop-panel ${side} ${align}`}>{children(close)}</div>}
    </div>
  )
}
