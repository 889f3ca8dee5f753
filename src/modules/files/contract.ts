import { z } from 'zod'

/** Bytes of the largest file that is taken. */
export const FILE_LIMIT = 20 * 1024 * 1024
/** So many files may one person have sent that no record holds yet. */
export const LOOSE_LIMIT = 40
/** A file that no record took within so many days is deleted. */
export const LOOSE_DAYS = 2

interface Kind {
  title: string
  /** The ends of a name that say this kind, without the dot. */
  ends: readonly string[]
  mime: string
}

/** What may be kept with a record; told by the content, never by the name alone. */
export const FILE_KINDS = {
  pdf: { title: 'PDF 文件', ends: ['pdf'], mime: 'application/pdf' },
  ofd: { title: 'OFD 版式文件', ends: ['ofd'], mime: 'application/ofd' },
  docx: { title: 'Word 文件', ends: ['docx'], mime: 'application/vnd.openxmlformats-officedocument.wordprocessingml.document' },
  xlsx: { title: 'Excel 文件', ends: ['xlsx'], mime: 'application/vnd.openxmlformats-officedocument.spreadsheetml.sheet' },
  pptx: { title: '演示文稿', ends: ['pptx'], mime: 'application/vnd.openxmlformats-officedocument.presentationml.presentation' },
  office: { title: '旧版 Office 或 WPS 文件', ends: ['doc', 'xls', 'ppt', 'wps', 'et', 'dps'], mime: 'application/octet-stream' },
  jpg: { title: 'JPG 图片', ends: ['jpg', 'jpeg'], mime: 'image/jpeg' },
  png: { title: 'PNG 图片', ends: ['png'], mime: 'image/png' },
  text: { title: '文本文件', ends: ['txt', 'csv'], mime: 'text/plain; charset=utf-8' },
} as const satisfies Record<string, Kind>
export type FileKind = keyof typeof FILE_KINDS

/** The ends of names to offer when a file is chosen, with their dots. */
export const FILE_ENDS: string[] = Object.values(FILE_KINDS).flatMap(({ ends }) => ends.map((end) => `.${end}`))

/** A file as a record shows it. `at` is when it was sent. */
export const FileCard = z.object({
  id: z.uuid(),
  name: z.string(),
  kind: z.enum(Object.keys(FILE_KINDS) as [FileKind, ...FileKind[]]),
  bytes: z.int(),
  at: z.iso.datetime(),
  by: z.string(),
  /** `files.thumbnail` shows it in small. */
  thumbnail: z.boolean(),
})
export type FileCard = z.output<typeof FileCard>

/** For inputs that hand over files sent before: their ids. */
export const FileIds = z.array(z.uuid()).max(20, '一次最多附 20 个文件').default([])
