import { areaOf, type Layout, LISTS, lettersOf, type Spots } from '../contract.ts'
import type { Look } from './FillCard.tsx'
import type { Sources } from './FormPage.tsx'

interface Props {
  sheet: Layout[number]
  spots: Spots
  sources: Sources
  /** What the cells will say, where it is known. */
  look: Look | undefined
  /** Told which cell was pressed; without it the form is only read. */
  onChoose: ((ref: string) => void) | undefined
}

/** The form as it is laid out, with what goes into each place. */
export function Grid({ sheet, spots, sources, look, onChoose }: Props) {
  const texts = new Map(sheet.cells.map((c) => [c.ref, c]))
  const { spans, hidden } = mergesOf(sheet)
  const said = spotsOn(sheet.name, spots, sources, look)
  const columns = Array.from({ length: sheet.columns }, (_, i) => lettersOf(i))
  return (
    <div className="list-scroll form-grid" tabIndex={-1}>
      <table aria-label={sheet.name}>
        <thead>
          <tr>
            <th>
              <span className="hidden-text">行</span>
            </th>
            {columns.map((c) => (
              <th key={c} scope="col">
                {c}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>
          {Array.from({ length: sheet.rows }, (_, i) => i + 1).map((row) => (
            <tr key={row}>
              <th scope="row">{row}</th>
              {columns.map((column) => {
                const ref = `${column}${row}`
                if (hidden.has(ref)) return null
                const cell = texts.get(ref)
                const spot = said.get(ref)
                const words = spot?.words ?? cell?.text ?? ''
                const span = spans.get(ref)
                const look = spot ? 'mapped' : cell?.formula ? 'formula' : cell ? 'words' : ''
                return (
                  <td key={ref} className={look} colSpan={span?.columns} rowSpan={span?.rows} title={spot?.title}>
                    {onChoose && !cell?.formula ? (
                      <button
                        type="button"
                        aria-label={`${ref} 格：${words || '空'}${spot ? `，${spot.title}` : ''}`}
                        onClick={() => onChoose(ref)}
                      >
                        {words}
                      </button>
                    ) : (
                      <span>{words}</span>
                    )}
                  </td>
                )
              })}
            </tr>
          ))}
        </tbody>
      </table>
    </div>
  )
}

function mergesOf(sheet: Layout[number]) {
  const spans = new Map<string, { rows: number; columns: number }>()
  const hidden = new Set<string>()
  for (const merge of sheet.merges) {
    const { top, bottom, left, right } = areaOf(merge)
    const last = Math.min(bottom, sheet.rows)
    spans.set(`${lettersOf(left)}${top}`, { rows: last - top + 1, columns: right - left + 1 })
    for (let r = top; r <= last; r++) for (let c = left; c <= right; c++) if (r !== top || c !== left) hidden.add(`${lettersOf(c)}${r}`)
  }
  return { spans, hidden }
}

/** What each place holds: the value where it is known, else the name of what goes there. */
function spotsOn(sheet: string, { cells, lists }: Spots, sources: Sources, look: Look | undefined) {
  const said = new Map<string, { title: string; words: string }>()
  const titles = new Map(sources.cells.map((s) => [s.key, s.title]))
  const values = new Map(look?.cells.filter((c) => c.sheet === sheet).map((c) => [c.ref, c.value]))
  for (const { sheet: on, ref, source } of cells)
    if (on === sheet) {
      const title = titles.get(source) ?? source
      const value = values.get(ref)
      said.set(ref, { title, words: value === undefined ? `〔${title}〕` : value === null || value === '' ? '（空）' : String(value) })
    }
  for (const { sheet: on, list, from, to, columns } of lists)
    if (on === sheet)
      for (const { column, field } of columns) {
        const title = (LISTS[list].fields as Record<string, string>)[field] ?? field
        for (let row = from; row <= to; row++)
          said.set(`${column}${row}`, { title: `${LISTS[list].title}：${title}`, words: row === from ? `〔${title}〕` : '⋮' })
      }
  return said
}
