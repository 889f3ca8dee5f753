import { useState } from 'react'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { newKey, tell } from '#web/request.ts'
import type { Api } from '../../../platform.ts'
import type { SchemeData } from './SchemePage.tsx'

type Checked = Api['evaluation.checkScheme']['output']

interface Props {
  data: SchemeData
  content: any
  editable: boolean
  onChange: (content: any) => void
}

/** The scheme as text. What is written here is taken over into the form only when it can be read. */
export function YamlCard({ data, content, editable, onChange }: Props) {
  const [text, setText] = useState<string>(content === data.content ? data.yaml : JSON.stringify(content, null, 2))
  const [errors, setErrors] = useState<Checked['errors']>([])
  const [failed, setFailed] = useState<Error>()
  const [taken, setTaken] = useState(false)
  const take = () =>
    tell<Checked>('evaluation.checkScheme', { yaml: text, ...(data.orgId ? { orgId: data.orgId } : {}) }, newKey()).then((checked) => {
      setErrors(checked.errors)
      setFailed(undefined)
      setTaken(checked.errors.length === 0)
      if (checked.errors.length === 0) onChange(checked.content)
    }, setFailed)
  return (
    <section className="card ev-yaml">
      <header>
        <h2>方案文字</h2>
        <span className="small t2 mono">指纹 {data.fingerprint.slice(0, 12)}</span>
      </header>
      <div className="inside stack">
        <textarea
          className="text mono"
          aria-label="方案文字（YAML）"
          spellCheck={false}
          rows={28}
          readOnly={!editable}
          value={text}
          onChange={(e) => {
            setText(e.target.value)
            setTaken(false)
          }}
        />
        {failed && <ErrorCard error={failed} />}
        {errors.length > 0 && (
          <ul className="ev-lines">
            {errors.map((e) => (
              <li key={`${e.place} ${e.problem}`}>
                <b className="zhe">{e.place}</b>
                <span className="small">
                  {e.problem}。{e.remedy}
                </span>
              </li>
            ))}
          </ul>
        )}
        {editable && (
          <p className="row">
            <button type="button" className="button" onClick={take}>
              按这份文字改表单
            </button>
            {taken && <span className="small song">已放进表单，还没有保存</span>}
          </p>
        )}
      </div>
    </section>
  )
}
