import { useRef } from 'react'
import { setDisplay, TEXT_SIZES, type TextSize, useDisplay } from '../display.ts'
import { Brand } from '../parts/Brand.tsx'
import { Icon } from '../parts/Icon.tsx'
import { Pop } from '../parts/Pop.tsx'
import { Slot } from '../Slot.tsx'
import { Crumbs } from './Crumbs.tsx'
import { OrgSwitch } from './OrgSwitch.tsx'
import { SearchBox } from './SearchBox.tsx'
import { SideContent } from './SideBar.tsx'

/** Where one is, search, text size and tone; below 1200 pixels also the way to the menu. */
export function TopBar() {
  const drawer = useRef<HTMLDialogElement>(null)
  return (
    <div className="top">
      <button type="button" className="top-icon top-menu" aria-label="打开菜单" onClick={() => drawer.current?.showModal()}>
        <Icon name="menu" size={18} />
      </button>
      <span className="top-brand">
        <Brand size={24} />
      </span>
      <span className="top-org">
        <OrgSwitch />
      </span>
      <Crumbs />
      <SearchBox />
      <Slot name="top" id="" />
      <ToneButton />
      <SizeChoice />
      <dialog
        ref={drawer}
        className="drawer-left"
        aria-label="菜单"
        onClick={(event) => {
          const target = event.target as HTMLElement
          if (target === event.currentTarget || target.closest('a')) drawer.current?.close()
        }}
        onKeyDown={() => undefined}
      >
        <div className="side in-drawer">
          <SideContent />
        </div>
      </dialog>
    </div>
  )
}

function ToneButton() {
  const { tone } = useDisplay()
  const other = tone === 'light' ? 'dark' : 'light'
  return (
    <button
      type="button"
      className="top-icon"
      aria-label={other === 'dark' ? '换成深色' : '换成浅色'}
      onClick={() => setDisplay({ tone: other })}
    >
      <Icon name={other === 'dark' ? 'moon' : 'sun'} size={18} />
    </button>
  )
}

function SizeChoice() {
  const { size } = useDisplay()
  return (
    <Pop className="top-size" align="end" button={`字号 ${TEXT_SIZES[size]}`}>
      {(close) => (
        <ul className="pop-list">
          {Object.entries(TEXT_SIZES).map(([value, label]) => (
            <li key={value}>
              <button
                type="button"
                aria-current={value === size || undefined}
                onClick={() => {
                  setDisplay({ size: value as TextSize })
                  close()
                }}
              >
                <span className="grow">{label}</span>
                {value === size && <Icon name="tick" size={14} />}
              </button>
            </li>
          ))}
        </ul>
      )}
    </Pop>
  )
}
