import { useId, useRef, useState } from 'react'
import { FILE_ENDS, FILE_LIMIT, type FileCard } from '#modules/files/contract.ts'
import { useUpload } from '../api.ts'
import { sizeText } from '../text.ts'
import { FileLinks } from './FileLinks.tsx'

interface Props {
  label: string
  /** The organisation whose record will hold them. */
  orgId: string
  /** Sent already; the form hands over their ids. */
  files: FileCard[]
  onChange: (files: FileCard[]) => void
  problem?: string | undefined
  hint?: string
  /** One small button under a line it belongs to; the label is spoken but not shown, and there is no hint. */
  small?: boolean
}

/** Sends files for a record that is being written; each is checked at once, and what was sent before a refusal stays. */
export function Attach({ label, orgId, files, onChange, problem, hint = '照片和附件都可以不传', small = false }: Props) {
  const id = useId()
  const input = useRef<HTMLInputElement>(null)
  const [waiting, setWaiting] = useState(0)
  const [refused, setRefused] = useState<string | null>(null)
  const { mutateAsync } = useUpload('files.send')
  const sendAll = async (chosen: File[]) => {
    setRefused(null)
    let sent = files
    for (const [index, file] of chosen.entries()) {
      setWaiting(chosen.length - index)
      try {
        if (file.size > FILE_LIMIT) throw new Error(`有 ${sizeText(file.size)}，超过了 ${sizeText(FILE_LIMIT)}，请压缩或拆开`)
        sent = [...sent, await mutateAsync({ input: { orgId }, file })]
        onChange(sent)
      } catch (error) {
        setRefused(`「${file.name}」没有传上：${(error as Error).message}`)
      }
    }
    setWaiting(0)
  }
  return (
    <div className="field">
      <label htmlFor={id} className={small ? 'hidden-text' : ''}>
        {label}
      </label>
      <FileLinks files={files} onRemove={(gone) => onChange(files.filter((f) => f.id !== gone))} />
      <div className="row wrap">
        <button type="button" className={small ? 'button small' : 'button'} disabled={waiting > 0} onClick={() => input.current?.click()}>
          {waiting > 0 ? `正在上传，还有 ${waiting} 个…` : small ? '附文件' : files.length > 0 ? '再选文件' : '选文件'}
        </button>
      </div>
      <input
        ref={input}
        id={id}
        type="file"
        multiple
        className="hidden-text"
        tabIndex={-1}
        accept={FILE_ENDS.join(',')}
        onChange={(event) => {
          const chosen = [...(event.target.files ?? [])]
          event.target.value = ''
          void sendAll(chosen)
        }}
      />
      {(refused || problem || !small) && (
        <p className={refused || problem ? 'problem' : 'hint'} role={refused ? 'alert' : undefined}>
          {refused ?? problem ?? hint}
        </p>
      )}
    </div>
  )
}
