import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { dateText } from '#web/text.ts'
import type { Piece } from '../contract.ts'
import './search.css'

/** Records and attachments that hold the words looked for, the newest first, each with the place. */
export function SearchPage() {
  const [{ text = '' }, change] = useAddress<{ text?: string | number }>()
  const sought = String(text).trim()
  const list = useReadPages('search.text', { text: sought }, { enabled: sought !== '' })
  return (
    <>
      <PageTitle
        conclusion={sought ? `全文里有「${sought}」的记录` : '在全文里找'}
        note="找你能看的记录和附件；几个词用空格隔开，都有才算"
      />
      <section className="card">
        <SearchLine key={sought} text={sought} onSearch={(wanted) => change({ text: wanted || undefined })} />
        {sought === '' ? (
          <Empty why="输入要找的词。" later="会议的议题、发言、决议，附件里的文字，都能找到。" />
        ) : list.error ? (
          <ErrorCard error={list.error} again={list.again} />
        ) : list.isPending ? (
          <Skeleton lines={6} />
        ) : list.items.length === 0 ? (
          <Empty why={`你能看的记录里没有「${sought}」。`} later="换一个词，或少写几个字试试。刚存的记录要过几秒才能找到。" />
        ) : (
          <ul className="hits">
            {list.items.map(({ kind, id, title, note, open, day, excerpt }) => (
              <li key={`${kind} ${id}`}>
                <Link to={open as never}>
                  <span className="row wrap">
                    <span className="tag">{kind}</span>
                    <b className="grow">
                      <Marked pieces={title} />
                    </b>
                    <time className="small t3" dateTime={day}>
                      {dateText(day)}
                    </time>
                  </span>
                  {excerpt.length > 0 && (
                    <span className="t2">
                      <Marked pieces={excerpt} />
                    </span>
                  )}
                  <span className="small t3">{note}</span>
                </Link>
              </li>
            ))}
          </ul>
        )}
        {list.more && (
          <p className="list-foot">
            <button type="button" className="button text" disabled={list.isFetching} onClick={list.more}>
              再看更早的
            </button>
          </p>
        )}
      </section>
    </>
  )
}

function SearchLine({ text, onSearch }: { text: string; onSearch: (text: string) => void }) {
  const [typed, setTyped] = useState(text)
  return (
    <form
      className="list-tools"
      onSubmit={(event) => {
        event.preventDefault()
        onSearch(typed.trim())
      }}
    >
      <input
        className="text search-words"
        type="search"
        aria-label="要找的词"
        maxLength={60}
        value={typed}
        onChange={(e) => setTyped(e.target.value)}
      />
      <button type="submit" className="button primary">
        找
      </button>
    </form>
  )
}

const Marked = ({ pieces }: { pieces: Piece[] }) => (
  <>
    {pieces.map(({ text, hit }, i) => {
      const key = `${i} ${text}`
      return hit ? <mark key={key}>{text}</mark> : <span key={key}>{text}</span>
    })}
  </>
)
