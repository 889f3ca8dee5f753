import { type ImportLine, type Remarks, remarksOn } from './issue.ts'
import type { Table, TableRow } from './table.ts'

/** The rows of a table one by one as `read` understands them, each with its remarks; blank rows and notes come as skipped. */
export async function* linesOf<K extends string, V>(
  table: Table<K>,
  read: (row: TableRow<K>, remarks: Remarks) => V,
): AsyncGenerator<ImportLine<V>> {
  for await (const row of table.rows()) {
    if (row.skipped) {
      yield { row: row.row, values: null, issues: [], skipped: row.skipped }
      continue
    }
    const remarks = remarksOn(row.row)
    const values = read(row, remarks)
    yield { row: row.row, values, issues: remarks.issues, skipped: null }
  }
}
