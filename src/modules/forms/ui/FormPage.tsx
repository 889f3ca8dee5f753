import { useParams } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { placeOf, type Spots } from '../contract.ts'
import { RenewForm } from './AddForm.tsx'
import { FillCard, type Look } from './FillCard.tsx'
import { Grid } from './Grid.tsx'
import { SpotPanel } from './SpotPanel.tsx'
import './forms.css'

export type Form = Api['forms.get']['output']
export type Sources = Api['forms.sources']['output']

/** One form: what goes where, shown on the form itself; filled in for a time and downloaded. */
export function FormPage() {
  const { id } = useParams({ strict: false }) as { id: string }
  const { data, error, refetch } = useRead('forms.get', { id })
  const { data: sources } = useRead('forms.sources', {})
  if (error || !data || !sources)
    return (
      <>
        <PageTitle conclusion="代填表格" crumb="表格" />
        {error ? <ErrorCard error={error} again={refetch} /> : <Skeleton lines={10} />}
      </>
    )
  return <Mapped key={`${data.id}${data.version}`} form={data} sources={sources} />
}

function Mapped({ form, sources }: { form: Form; sources: Sources }) {
  const [spots, setSpots] = useState<Spots>(form.spots)
  const [sheet, setSheet] = useState(form.layout[0]?.name ?? '')
  const [chosen, choose] = useState<string>()
  const [look, setLook] = useState<Look>()
  const [renewing, setRenewing] = useState(false)
  const changed = spots !== form.spots
  const count = spots.cells.length + spots.lists.reduce((n, l) => n + l.columns.length, 0)
  const shown = form.layout.find((s) => s.name === sheet)
  const manage = form.can.manage && !form.ended
  return (
    <>
      <PageTitle
        crumb={form.name}
        conclusion={count === 0 ? `${form.name}：请点选要填的格` : `${form.name}：对应了 ${count} 处`}
        note={`${form.orgName}的表，第 ${form.number} 次改动，${momentText(form.changedAt)} ${form.changedBy}。${manage ? '点一格，选填什么；填多行的，点第一行的格。' : ''}`}
        actions={
          manage && (
            <>
              <button type="button" className="button" onClick={() => setRenewing(true)}>
                换上新的空表
              </button>
              <StepButton
                name="forms.end"
                label="停用"
                input={{ id: form.id, version: form.version }}
                can
                warn="停用以后，本组织和下级都不能再用这张表来填。"
                done="已停用"
              />
              <StepButton
                kind="primary"
                name="forms.map"
                label="存下对应"
                input={{ id: form.id, version: form.version, spots: bare(spots) }}
                can={changed ? true : { code: 'unchanged', message: '还没有改动' }}
                done="已存下，可以填了"
              />
            </>
          )
        }
      />
      <div className="stack">
        {form.ended && <p className="note hu">这张表已经停用。</p>}
        <Problems form={form} spots={spots} onChange={setSpots} manage={manage} />
        {!changed && form.problems.length === 0 && form.spots.cells.length + form.spots.lists.length > 0 && !form.ended && (
          <FillCard form={form} onLook={setLook} />
        )}
        {changed && <p className="note dai">对应改了还没有存下，存下以后才能填。</p>}
        <section className="card" aria-label="表格">
          {form.layout.length > 1 && (
            <Tabs label="工作表" active={sheet} onChange={setSheet} tabs={form.layout.map((s) => ({ key: s.name, label: s.name }))} />
          )}
          {shown && (
            <Grid sheet={shown} spots={spots} sources={sources} look={changed ? undefined : look} onChoose={manage ? choose : undefined} />
          )}
        </section>
      </div>
      {chosen && shown && (
        <SpotPanel sheet={shown} at={chosen} spots={spots} sources={sources} onChange={setSpots} onClose={() => choose(undefined)} />
      )}
      {renewing && <RenewForm form={form} onClose={() => setRenewing(false)} />}
    </>
  )
}

/** What stands beside each place is found by the server. */
const bare = ({ cells, lists }: Spots): Spots => ({
  cells: cells.map(({ sheet, ref, source }) => ({ sheet, ref, source })),
  lists: lists.map((l) => ({ ...l, columns: l.columns.map(({ column, field }) => ({ column, field })) })),
})

interface ProblemsProps {
  form: Form
  spots: Spots
  onChange: (spots: Spots) => void
  manage: boolean
}

/** What has moved in a new blank; where the place was found, one press puts it there. */
function Problems({ form, spots, onChange, manage }: ProblemsProps) {
  if (form.problems.length === 0) return null
  const found = form.problems.filter((p) => p.movedTo)
  const move = () => {
    const to = new Map(found.map((p) => [`${p.sheet}!${p.ref}`, p.movedTo!]))
    const cells = spots.cells.map((c) => ({ ...c, ref: to.get(`${c.sheet}!${c.ref}`) ?? c.ref }))
    const lists = spots.lists.map((l) => {
      const steps = l.columns.map((c) => ({ ...c, at: to.get(`${l.sheet}!${c.column}${l.from}`) }))
      const down = steps.flatMap((c) => (c.at ? [placeOf(c.at).row - l.from] : []))[0] ?? 0
      const columns = steps.map(({ at, ...c }) => (at ? { ...c, column: placeOf(at).letters } : c))
      return { ...l, from: l.from + down, to: l.to + down, columns }
    })
    onChange({ cells, lists })
  }
  return (
    <section className="note hu form-problems" aria-label="要先改的地方">
      <div className="stack">
        <b>有 {form.problems.length} 处要先改，改好存下以后才能填</b>
        <ul>
          {form.problems.slice(0, 20).map((p) => (
            <li key={`${p.sheet}${p.ref}${p.says}`}>{p.says}</li>
          ))}
        </ul>
        {manage && found.length > 0 && spots === form.spots && (
          <button type="button" className="button small" onClick={move}>
            {found.length} 处都改到新位置
          </button>
        )}
      </div>
    </section>
  )
}
