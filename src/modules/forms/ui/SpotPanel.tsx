import { type FormEvent, useState } from 'react'
import { Choice } from '#web/parts/Choice.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { type Layout, LISTS, type ListKey, placeOf, type Spots } from '../contract.ts'
import type { Sources } from './FormPage.tsx'

interface Props {
  sheet: Layout[number]
  /** C5 */
  at: string
  spots: Spots
  sources: Sources
  onChange: (spots: Spots) => void
  onClose: () => void
}

const WAYS = { cell: '填这一格', list: '从这一行起，每行一条' } as const

/** What goes into one cell, or into the rows below it: chosen from what the system records. */
export function SpotPanel({ sheet, at, spots, sources, onChange, onClose }: Props) {
  const { row, letters } = placeOf(at)
  const before = spots.cells.find((c) => c.sheet === sheet.name && c.ref === at)
  const inList = spots.lists.find((l) => l.sheet === sheet.name && row >= l.from && row <= l.to)
  const column = inList?.columns.find((c) => c.column === letters)
  const [way, setWay] = useState<keyof typeof WAYS>(inList && !before ? 'list' : 'cell')
  const [source, setSource] = useState(before?.source ?? null)
  const [find, setFind] = useState('')
  const [list, setList] = useState<ListKey | null>(inList?.list ?? null)
  const [field, setField] = useState<string | null>(column?.field ?? null)
  const [last, setLast] = useState(String(inList?.to ?? Math.min(row + 19, sheet.rows)))
  const [missing, setMissing] = useState('')
  const without = withoutPlace(spots, sheet.name, at)

  const put = (event: FormEvent) => {
    event.preventDefault()
    if (way === 'cell') {
      if (!source) return setMissing('请选这一格填什么')
      onChange({ ...without, cells: [...without.cells, { sheet: sheet.name, ref: at, source }] })
      return onClose()
    }
    if (!list || !field) return setMissing('请选填哪种记录的哪一项')
    const [from, to] = [inList?.from ?? row, Number(last)]
    if (!/^\d{1,3}$/.test(last) || to < from || to > sheet.rows) return setMissing(`最后一行请填 ${from} 到 ${sheet.rows} 的数`)
    const same = without.lists.find((l) => l.sheet === sheet.name && l.list === list && l.from === from)
    const columns = [...(same?.columns ?? []), { column: letters, field }]
    onChange({
      ...without,
      lists: [...without.lists.filter((l) => l !== same), { sheet: sheet.name, list, from, to, columns }],
    })
    onClose()
  }
  const wanted = sources.cells.filter((s) => find.trim() === '' || s.title.includes(find.trim()) || s.key === source)
  return (
    <SidePanel open onClose={onClose} kicker={sheet.name} title={`${at} 格填什么`}>
      <form className="stack" onSubmit={put}>
        <Segments label="怎样填" value={way} options={WAYS} onChange={setWay} />
        {way === 'cell' ? (
          <>
            <TextLine label="找（可不填）" value={find} onChange={setFind} max={30} hint={`有 ${wanted.length} 项可选`} />
            <Grouped value={source} options={wanted} onChange={setSource} />
          </>
        ) : (
          <>
            <Choice
              label="哪种记录"
              value={list}
              options={Object.fromEntries(sources.lists.map((l) => [l.key, l.title])) as Record<ListKey, string>}
              onChange={(key) => {
                setList(key)
                setField(null)
              }}
            />
            {list && (
              <Choice label="这一列填哪一项" value={field} options={LISTS[list].fields as Record<string, string>} onChange={setField} />
            )}
            <TextLine
              label="最后填到第几行"
              value={last}
              onChange={setLast}
              max={3}
              hint="留给记录的行；记录多过行数时会说明，不会写到别处"
            />
          </>
        )}
        {missing && (
          <p className="note hu" role="alert">
            {missing}
          </p>
        )}
        <div className="row wrap">
          <button type="submit" className="button primary">
            就填这个
          </button>
          {(before || column) && (
            <button
              type="button"
              className="button"
              onClick={() => {
                onChange(without)
                onClose()
              }}
            >
              这里不填
            </button>
          )}
          <button type="button" className="button" onClick={onClose}>
            先不
          </button>
        </div>
      </form>
    </SidePanel>
  )
}

interface GroupedProps {
  value: string | null
  options: Sources['cells']
  onChange: (key: string) => void
}

function Grouped({ value, options, onChange }: GroupedProps) {
  const groups = [...Map.groupBy(options, (o) => o.group)]
  return (
    <div className="field">
      <label htmlFor="spot-source">填什么</label>
      <select id="spot-source" className="text" value={value ?? ''} onChange={(e) => onChange(e.target.value)}>
        {value === null && <option value="">请选择</option>}
        {groups.map(([group, of]) => (
          <optgroup key={group} label={group}>
            {of.map((o) => (
              <option key={o.key} value={o.key}>
                {o.title}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
    </div>
  )
}

/** The spots without what stood at this place. */
function withoutPlace({ cells, lists }: Spots, sheet: string, at: string): Spots {
  const { row, letters } = placeOf(at)
  return {
    cells: cells.filter((c) => c.sheet !== sheet || c.ref !== at),
    lists: lists
      .map((l) =>
        l.sheet === sheet && row >= l.from && row <= l.to ? { ...l, columns: l.columns.filter((c) => c.column !== letters) } : l,
      )
      .filter((l) => l.columns.length > 0),
  }
}
