import { useEffect, useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { downloadOf, useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { OrgPicker } from '#web/parts/OrgPicker.tsx'
import { PeriodPick } from '#web/parts/PeriodPick.tsx'
import { fetchFile } from '#web/request.ts'
import type { Api } from '../../../platform.ts'
import type { Form } from './FormPage.tsx'

export type Look = Api['forms.look']['output']

interface Props {
  form: Form
  /** Told what the cells will say, to be shown on the form. */
  onLook: (look: Look | undefined) => void
}

/** For whom and for which time; what will stand in the cells, and the filled form to take along. */
export function FillCard({ form, onLook }: Props) {
  const { org } = useOrg()
  const [whose, setWhose] = useState<{ id: string; name: string } | null>(org ?? null)
  const [period, setPeriod] = useState(today().slice(0, 4))
  const asked = { id: form.id, orgId: whose?.id ?? '', period }
  const { data, error, refetch } = useRead('forms.look', asked, { enabled: whose !== null })
  const [making, setMaking] = useState(false)
  const [problem, setProblem] = useState('')
  useEffect(() => onLook(data), [data, onLook])
  const short = data?.lists.filter((l) => l.lines > l.room) ?? []
  const make = async () => {
    setMaking(true)
    setProblem('')
    try {
      await fetchFile(downloadOf('forms.fill', asked))
    } catch (failed) {
      setProblem((failed as Error).message)
    } finally {
      setMaking(false)
    }
  }
  return (
    <section className="card form-fill" aria-label="填表">
      <div className="row wrap">
        <OrgPicker label="填哪个组织" value={whose} onChange={(to) => setWhose(to ? { id: to.id, name: to.name } : null)} />
        <PeriodPick period={period} onChange={setPeriod} months />
        <button type="button" className="button primary" disabled={!data || short.length > 0 || making} onClick={() => void make()}>
          <Icon name="download" /> {making ? '正在填…' : '填好下载'}
        </button>
      </div>
      {error && <ErrorCard error={error} again={refetch} />}
      {short.map((l) => (
        <p key={`${l.sheet}${l.list}`} className="note hu">
          “{l.sheet}”留了 {l.room} 行，{l.title}要 {l.lines} 行。请在空表里加够行数，再换上新的空表。
        </p>
      ))}
      {data && (
        <p className="small t2" role="status">
          {data.orgName} {data.period}：填 {data.cells.filter((c) => c.value !== null && c.value !== '').length} 格
          {data.lists.map((l) => `，${l.title.split('，')[0]} ${l.lines} 行`).join('')}；下面的表上就是将填的内容。
        </p>
      )}
      {problem && (
        <p role="alert" className="problem">
          {problem}
        </p>
      )}
    </section>
  )
}
