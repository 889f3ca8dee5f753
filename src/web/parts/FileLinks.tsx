import { FILE_KINDS, type FileCard } from '#modules/files/contract.ts'
import { downloadOf } from '../api.ts'
import { momentText, sizeText } from '../text.ts'

interface Props {
  files: readonly FileCard[]
  /** Puts a button for taking one out beside each. */
  onRemove?: (id: string) => void
}

/** Files to download, each with its kind, size and who sent it when. */
export function FileLinks({ files, onRemove }: Props) {
  if (files.length === 0) return null
  return (
    <ul className="file-links">
      {files.map(({ id, name, kind, bytes, by, at, thumbnail }) => (
        <li key={id} className="row wrap">
          <a href={downloadOf('files.get', { id })} download={name} className={thumbnail ? 'row' : undefined}>
            {thumbnail && <img src={downloadOf('files.thumbnail', { id })} alt="" loading="lazy" className="thumbnail" />}
            {name}
          </a>
          <span className="small t3">
            {FILE_KINDS[kind].title} · {sizeText(bytes)} · {by} {momentText(at)}
          </span>
          {onRemove && (
            <button type="button" className="button text small" aria-label={`去掉 ${name}`} onClick={() => onRemove(id)}>
              去掉
            </button>
          )}
        </li>
      ))}
    </ul>
  )
}
