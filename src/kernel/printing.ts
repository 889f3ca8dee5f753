import { z } from 'zod'
import type { PaperPlan } from '#runtime/document/document.ts'
import { paperPdf } from '#runtime/document/pdf.ts'
import { paperWord } from '#runtime/document/word.ts'
import { isRefusal } from '#runtime/refusal.ts'
import { busy, invalid } from './errors.ts'
import type { Download } from './operation.ts'

export const FORMATS = { word: 'Word', pdf: 'PDF' } as const
/** In which form a paper is handed out. */
export const Format = z.enum(['word', 'pdf']).default('word')
export type Format = z.output<typeof Format>

const TYPES = { word: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document', pdf: 'application/pdf' }
const ENDINGS = { word: 'docx', pdf: 'pdf' }

/** A paper to hand out as Word or PDF; `name` without an ending. */
export const printed = (plan: PaperPlan, name: string, format: Format): Download => ({
  fileName: `${name}.${ENDINGS[format]}`,
  type: TYPES[format],
  body: () => (format === 'pdf' ? pdfOf(plan) : paperWord(plan)),
})

async function pdfOf(plan: PaperPlan): Promise<Buffer> {
  try {
    return await paperPdf(plan)
  } catch (error) {
    if (!isRefusal(error)) throw error
    throw error.code === 'printing-busy' ? busy(error.code, error.message) : invalid(error.code, error.message)
  }
}
