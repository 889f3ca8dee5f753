import { type Cell, columnIndex, columnLetters, type SheetRow } from './cell.ts'
import { limits, unreadable } from './limits.ts'
import { attribute, xmlScanner } from './xml.ts'
import type { Archive } from './zip.ts'

/** A merged area; rows count from 1, columns from 0, both ends included. */
export type Merge = { top: number; bottom: number; left: number; right: number }

/**
 * Reads the merged areas of a worksheet. The format keeps them behind the rows, so the sheet is inflated once beforehand; this also
 * counts its bytes before the first row is handed out.
 */
export const readMerges = async (archive: Archive, path: string): Promise<Merge[]> => {
  const merges: Merge[] = []
  const scanner = xmlScanner({
    open: (name, attributes) => {
      if (name !== 'mergeCell') return
      const merge = areaOf(attribute(attributes, 'ref') ?? '')
      if (merge) merges.push(merge)
      if (merges.length > limits.merges) unreadable(`合并的单元格超过 ${limits.merges} 处，请取消合并后再导入`)
    },
    text: () => {},
    close: () => {},
  })
  let found = false
  let tail = Buffer.alloc(0)
  for await (const piece of archive.stream(path, limits.sheetBytes)) {
    const bytes: Buffer = Buffer.concat([tail, piece])
    const at: number = found ? 0 : bytes.indexOf('mergeCells')
    if (at >= 0) scanner.push(bytes.toString('latin1', found ? 0 : bytes.lastIndexOf('<', at)))
    found ||= at >= 0
    tail = found ? Buffer.alloc(0) : Buffer.from(bytes.subarray(-40))
  }
  return merges.sort((a, b) => a.top - b.top)
}

/**
 * Gives a function that fills the empty cells of merged areas with copies (`merged: true`) of their first cell; it must see the rows
 * in order and holds only the areas that are open at the row it is at.
 */
export const fillMerges = (merges: Merge[]): ((row: SheetRow) => SheetRow) => {
  let next = 0
  let open: { merge: Merge; cell: Cell | null }[] = []
  return (row) => {
    open = open.filter(({ merge }) => merge.bottom >= row.row)
    for (; next < merges.length && merges[next]!.top <= row.row; next++) {
      const merge = merges[next]!
      if (merge.bottom < row.row) continue
      const anchor = columnLetters(merge.left)
      open.push({ merge, cell: merge.top === row.row ? (row.cells.find(({ column }) => column === anchor) ?? null) : null })
    }
    if (open.length === 0) return row
    const cells = new Map(row.cells.map((cell) => [cell.column, cell]))
    for (const { merge, cell } of open) {
      if (!cell) continue
      for (let column = merge.left; column <= Math.min(merge.right, limits.columns - 1); column++) {
        const letters = columnLetters(column)
        if (!cells.has(letters)) cells.set(letters, { ...cell, row: row.row, column: letters, merged: true })
      }
    }
    return { row: row.row, cells: [...cells.values()].sort((a, b) => columnIndex(a.column) - columnIndex(b.column)) }
  }
}

const areaOf = (reference: string): Merge | null => {
  const match = /^([A-Z]+)(\d+):([A-Z]+)(\d+)$/.exec(reference)
  if (!match) return null
  return { left: columnIndex(match[1]!), top: Number(match[2]), right: columnIndex(match[3]!), bottom: Number(match[4]) }
}
