import { useNavigate } from '@tanstack/react-router'
import { type KeyboardEvent, useDeferredValue, useEffect, useId, useRef, useState } from 'react'
import { useRead } from '../api.ts'
import { Icon } from '../parts/Icon.tsx'

interface Found {
  kind: string
  id: string
  title: string
  note: string
  open: string
}

/** Finds people, organisations and meetings by their first characters. Ctrl K opens it everywhere. */
export function SearchBox() {
  const dialog = useRef<HTMLDialogElement>(null)
  const [opened, setOpened] = useState(0)
  const open = () => {
    setOpened((times) => times + 1)
    dialog.current?.showModal()
  }
  useEffect(() => {
    const onKey = (event: globalThis.KeyboardEvent) => {
      if (!(event.ctrlKey || event.metaKey) || event.key.toLowerCase() !== 'k') return
      event.preventDefault()
      if (!dialog.current?.open) dialog.current?.showModal()
      setOpened((times) => times + 1)
    }
    addEventListener('keydown', onKey)
    return () => removeEventListener('keydown', onKey)
  }, [])
  return (
    <>
      <button type="button" className="search-button" aria-keyshortcuts="Control+K" onClick={open}>
        <Icon name="search" size={15} />
        <span className="grow">搜人员、组织、会议</span>
        <kbd>Ctrl K</kbd>
      </button>
      {/* biome-ignore lint/a11y/useKeyWithClickEvents: the dialog itself closes on Esc; the click is for the backdrop */}
      <dialog
        ref={dialog}
        className="search"
        aria-label="搜人员、组织、会议"
        onClick={(event) => event.target === event.currentTarget && dialog.current?.close()}
      >
        {opened > 0 && <Finder key={opened} close={() => dialog.current?.close()} />}
      </dialog>
    </>
  )
}

function Finder({ close }: { close: () => void }) {
  const [text, setText] = useState('')
  const [at, setAt] = useState(0)
  const sought = useDeferredValue(text.trim())
  const { data, error, isFetching } = useRead('search.find', { text: sought }, { enabled: sought !== '' })
  const found: Found[] = sought === '' ? [] : [...(data?.items ?? []), inTexts(sought)]
  const navigate = useNavigate()
  const list = useId()
  const go = (target: Found | undefined) => {
    if (!target) return
    close()
    void navigate({ href: target.open } as never)
  }
  const onKey = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key]
    if (step && found.length > 0) {
      event.preventDefault()
      setAt((at + step + found.length) % found.length)
    }
    if (event.key === 'Enter') go(found[at])
  }
  return (
    <>
      <div className="search-head">
        <Icon name="search" size={18} />
        <input
          // The dialog was opened to type here.
          ref={(input) => input?.focus()}
          role="combobox"
          aria-expanded={found.length > 0}
          aria-controls={list}
          aria-activedescendant={found[at] ? `${list}-${at}` : undefined}
          aria-label="输入姓名、组织名或会议名的开头"
          placeholder="输入姓名、组织名或会议名的开头"
          value={text}
          onChange={(event) => {
            setText(event.target.value)
            setAt(0)
          }}
          onKeyDown={onKey}
        />
        <button type="button" className="button text small" onClick={close}>
          关闭
        </button>
      </div>
      <div id={list} role="listbox" aria-label="找到的" className="search-found">
        {found.map((item, i) => (
          <button
            type="button"
            role="option"
            key={`${item.kind}-${item.id}`}
            id={`${list}-${i}`}
            aria-selected={i === at}
            tabIndex={-1}
            onPointerEnter={() => setAt(i)}
            onClick={() => go(item)}
          >
            <span className="tag">{item.kind}</span>
            <b className="ellipsis">{item.title}</b>
            <span className="t3 small ellipsis grow">{item.note}</span>
          </button>
        ))}
      </div>
      <p className="search-foot" role="status">
        {error
          ? error.message
          : sought === ''
            ? '↑↓ 选择，回车打开，Esc 关闭'
            : found.length > 1
              ? `找到 ${found.length - 1} 条`
              : isFetching
                ? '正在找…'
                : `没有以「${sought}」开头的人员、组织或会议；换个开头，或在全文里找`}
      </p>
    </>
  )
}

/** The last of the list leads on to what is said anywhere in a record. */
const inTexts = (text: string): Found => ({
  kind: '全文',
  id: 'texts',
  title: `在记录和附件里找「${text}」`,
  note: '',
  open: `/search?text=${encodeURIComponent(text)}`,
})
