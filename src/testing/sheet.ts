import { xlsxBuffer } from '#runtime/sheets/write.ts'
import type { TestFile } from './world.ts'

/** A workbook of one sheet with one row, to be imported. */
export const sheetOf = async (heads: string[], row: string[]): Promise<TestFile> => ({
  name: '导入.xlsx',
  data: await xlsxBuffer([{ name: '表', columns: heads.map((title) => ({ title })), rows: [row] }]),
})
