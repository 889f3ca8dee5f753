import type { Cell } from './cell.ts'

const noteStart =
  /^[（(【[]?(填表|填报|填写|说明|备注|注[:：]|注意|合计|总计|小计|共计|制表|审核|负责人|单位负责人|填表人|第\d+页|以下空白)/

/**
 * True for a line that is no record: a note, a total, a signature line, or a row that holds nothing but its number. `own` are the
 * filled cells that are no copies, `mapped` those of them that stand in a column the import reads.
 */
export const isNote = (own: Cell[], mapped: Cell[], nameColumn: string | undefined): boolean => {
  if (mapped.length === 0) return true
  if (noteStart.test(own[0]!.text.trim())) return true
  const [only] = mapped
  return mapped.length === 1 && only!.column === nameColumn && only!.text.trim().length > 20
}
