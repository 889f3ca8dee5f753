import { useState } from 'react'
import { downloadOf } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { fetchFile } from '#web/request.ts'

const FORMATS = { word: 'Word', pdf: 'PDF', excel: 'Excel' } as const
type Format = keyof typeof FORMATS

/** Takes the chosen chapters along; says what is being made, and in words why it was not. */
export function Prints({ orgId, period, keys }: { orgId: string; period: string; keys: string[] }) {
  const [making, setMaking] = useState<Format | null>(null)
  const [problem, setProblem] = useState('')
  async function make(format: Format) {
    setMaking(format)
    setProblem('')
    try {
      await fetchFile(downloadOf('handbook.print', { orgId, period, format, keys }))
    } catch (error) {
      setProblem((error as Error).message)
    } finally {
      setMaking(null)
    }
  }
  return (
    <div className="list-tools book-tools">
      <span className="paper-links">
        {(Object.keys(FORMATS) as Format[]).map((format) => (
          <button
            key={format}
            type="button"
            className={`button ${format === 'word' ? 'primary' : ''}`}
            disabled={keys.length === 0 || making !== null}
            onClick={() => void make(format)}
          >
            {format === 'word' && <Icon name="download" />} {format === 'word' ? '下载手册（Word）' : FORMATS[format]}
          </button>
        ))}
      </span>
      <span role="status" className="small t2">
        {making
          ? `正在生成 ${FORMATS[making]}，${keys.length} 章，内容多的要十几秒，请不要关闭页面`
          : keys.length === 0
            ? '请至少勾选一章'
            : ''}
      </span>
      {problem && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </div>
  )
}
