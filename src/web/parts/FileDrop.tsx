import { type DragEvent, type ReactNode, useRef, useState } from 'react'
import { Icon } from './Icon.tsx'

interface Props {
  /** 「把花名册 Excel 拖到这里」 */
  title: string
  note?: ReactNode
  /** Ends of file names that are taken, e.g. ['.xlsx', '.xls', '.csv']. */
  accept: string[]
  /** Bytes. */
  limit: number
  onFile: (file: File) => void
  /** More buttons beside 选文件, e.g. a link to a template. */
  actions?: ReactNode
  busy?: boolean
}

/** Takes one file by dropping or choosing, and refuses what is of another kind or too large before it is sent. */
export function FileDrop({ title, note, accept, limit, onFile, actions, busy = false }: Props) {
  const input = useRef<HTMLInputElement>(null)
  const [over, setOver] = useState(false)
  const [problem, setProblem] = useState<string | null>(null)
  const take = (file: File | undefined) => {
    const refused = file && refusalOf(file, accept, limit)
    setProblem(refused ?? null)
    if (file && !refused) onFile(file)
  }
  const drag = (is: boolean) => (event: DragEvent) => {
    event.preventDefault()
    setOver(is)
  }
  return (
    <section
      className={`file-drop ${over ? 'over' : ''}`}
      aria-label={title}
      onDragOver={drag(true)}
      onDragLeave={drag(false)}
      onDrop={(event) => {
        drag(false)(event)
        take(event.dataTransfer.files[0])
      }}
    >
      <span className="file-drop-icon">
        <Icon name="document" size={34} weight={1.1} />
      </span>
      <h2>{title}</h2>
      {note && <p className="t2">{note}</p>}
      <div className="row wrap">
        <button type="button" className="button primary large" disabled={busy} onClick={() => input.current?.click()}>
          选文件
        </button>
        {actions}
      </div>
      <input
        ref={input}
        type="file"
        className="hidden-text"
        tabIndex={-1}
        aria-label={title}
        accept={accept.join(',')}
        onChange={(event) => {
          take(event.target.files?.[0])
          event.target.value = ''
        }}
      />
      {problem ? (
        <p className="problem zhe" role="alert">
          {problem}
        </p>
      ) : (
        <p className="small t3">
          支持 {accept.join(' ')}，不超过 {Math.floor(limit / 1024 / 1024)} MB
        </p>
      )}
    </section>
  )
}

function refusalOf(file: File, accept: string[], limit: number): string | null {
  const name = file.name.toLowerCase()
  if (!accept.some((end) => name.endsWith(end))) return `「${file.name}」不是 ${accept.join('、')} 文件，请另选一个`
  if (file.size > limit)
    return `「${file.name}」有 ${Math.ceil(file.size / 1024 / 1024)} MB，超过了 ${Math.floor(limit / 1024 / 1024)} MB，请拆成几个文件`
  if (file.size === 0) return `「${file.name}」是空文件，请另选一个`
  return null
}
