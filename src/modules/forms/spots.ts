import { areaOf, type Layout, LISTS, lettersOf, type Problem, placeOf, SOURCES, type Spots } from './contract.ts'

type Sheet = Layout[number]

/** The spots with what stands beside and above each now, so that it is found again in a new blank. */
export const anchored = (layout: Layout, spots: Spots): Spots => ({
  cells: spots.cells.map((c) => ({ ...c, ...anchorIn(layout, c.sheet, c.ref) })),
  lists: spots.lists.map((l) => ({
    ...l,
    columns: l.columns.map((c) => ({ ...c, ...anchorIn(layout, l.sheet, `${c.column}${l.from}`, true) })),
  })),
})

function anchorIn(layout: Layout, name: string, ref: string, headOnly = false) {
  const sheet = layout.find((s) => s.name === name)
  return sheet ? { anchor: anchorOf(sheet, ref, headOnly) } : {}
}

/** The nearest words to the left in the line and above in the column; of a list's column the head alone. */
function anchorOf(sheet: Sheet, ref: string, headOnly: boolean) {
  const at = placeOf(ref)
  const texts = textsOf(sheet)
  let [left, above] = ['', '']
  for (let c = at.column - 1; c >= 0 && left === '' && !headOnly; c--) left = texts.get(`${lettersOf(c)}${at.row}`) ?? ''
  for (let r = at.row - 1; r >= 1 && above === ''; r--) above = texts.get(`${at.letters}${r}`) ?? ''
  return { left: left.slice(0, 200), above: above.slice(0, 200) }
}

const known = new WeakMap<Sheet, Map<string, string>>()

/** The words of each cell; of a merged area every cell has them. */
function textsOf(sheet: Sheet): Map<string, string> {
  const found = known.get(sheet)
  if (found) return found
  const texts = new Map(sheet.cells.map((c) => [c.ref, c.text.replace(/\s+/g, '')]))
  for (const merge of sheet.merges) {
    const { top, bottom, left, right } = areaOf(merge)
    const words = texts.get(`${lettersOf(left)}${top}`)
    if (!words) continue
    for (let r = top; r <= Math.min(bottom, sheet.rows); r++) for (let c = left; c <= right; c++) texts.set(`${lettersOf(c)}${r}`, words)
  }
  known.set(sheet, texts)
  return texts
}

/** Why these spots cannot be filled in this blank, at the place; nothing when all can. `statistics` tells whether such a cell is there. */
export function problemsOf(layout: Layout, spots: Spots, statistics: (key: string) => boolean): Problem[] {
  const taken = new Set<string>()
  const problems: Problem[] = []
  const check = (name: string, ref: string, anchor: { left: string; above: string } | undefined, headOnly = false) => {
    const sheet = layout.find((s) => s.name === name)
    const says = sheet ? faultOf(sheet, ref) : `新的空表里没有“${name}”这张表`
    const once = `${name}!${ref}`
    if (says) problems.push({ sheet: name, ref, says, movedTo: null })
    else if (taken.has(once)) problems.push({ sheet: name, ref, says: `${ref} 格对应了两次，请去掉一个`, movedTo: null })
    else if (anchor && sheet) {
      const now = anchorOf(sheet, ref, headOnly)
      if (now.left !== anchor.left || now.above !== anchor.above) problems.push(movedProblem(sheet, ref, anchor, headOnly))
    }
    taken.add(once)
  }
  for (const { sheet, ref, source, anchor } of spots.cells) {
    check(sheet, ref, anchor)
    if (!SOURCES[source] && !(source.startsWith('statistics:') && statistics(source.slice('statistics:'.length))))
      problems.push({ sheet, ref, says: `${ref} 格对应的内容不在可选的范围里`, movedTo: null })
  }
  for (const list of spots.lists) {
    if (list.to < list.from) problems.push({ sheet: list.sheet, ref: `A${list.from}`, says: '最后一行在第一行上面', movedTo: null })
    for (const { column, field, anchor } of list.columns) {
      if (!(field in LISTS[list.list].fields))
        problems.push({ sheet: list.sheet, ref: `${column}${list.from}`, says: '这一列对应的内容不在可选的范围里', movedTo: null })
      for (let row = list.from; row <= list.to; row++) check(list.sheet, `${column}${row}`, row === list.from ? anchor : undefined, true)
    }
  }
  return problems
}

function faultOf(sheet: Sheet, ref: string): string | null {
  const at = placeOf(ref)
  if (at.row > sheet.rows || at.column >= sheet.columns) return `${ref} 在表格外面`
  if (sheet.cells.find((c) => c.ref === ref)?.formula) return `${ref} 格是公式，会自己算出，不用填`
  for (const merge of sheet.merges) {
    const { top, bottom, left, right } = areaOf(merge)
    const inside = at.row >= top && at.row <= bottom && at.column >= left && at.column <= right
    if (inside && (at.row !== top || at.column !== left)) return `${ref} 在合并的单元格里，请点这块的左上角 ${lettersOf(left)}${top}`
  }
  return null
}

function movedProblem(sheet: Sheet, ref: string, anchor: { left: string; above: string }, headOnly: boolean): Problem {
  const name = anchor.left || anchor.above
  const found: string[] = []
  for (let row = 1; row <= sheet.rows; row++)
    for (let column = 0; column < sheet.columns; column++) {
      const at = `${lettersOf(column)}${row}`
      const now = anchorOf(sheet, at, headOnly)
      // Every cell below a head has that head: of a list only the first is meant, of words at the left only the next free cell.
      const next = headOnly ? textsOf(sheet).get(`${lettersOf(column)}${row - 1}`) === anchor.above : !textsOf(sheet).has(at)
      if (next && now.left === anchor.left && now.above === anchor.above && faultOf(sheet, at) === null) found.push(at)
    }
  const [movedTo = null] = headOnly || found.length === 1 ? found : []
  const says = movedTo ? `“${name}”在新表里从 ${ref} 移到了 ${movedTo}，请核对后改过来` : `新表里 ${ref} 旁边不再是“${name}”，请重新对应`
  return { sheet: sheet.name, ref, says, movedTo }
}
