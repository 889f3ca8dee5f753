import { fileTypeFromBuffer } from 'file-type'
import iconv from 'iconv-lite'
import { invalid } from '#kernel/errors.ts'
import { openArchive } from '#runtime/sheets/zip.ts'
import { FILE_KINDS, type FileKind } from './contract.ts'

const KNOWN: Record<string, FileKind> = {
  pdf: 'pdf',
  docx: 'docx',
  xlsx: 'xlsx',
  pptx: 'pptx',
  cfb: 'office',
  jpg: 'jpg',
  png: 'png',
}

/** What a file is by its content. Refuses what is not taken, and a name whose end says something else than the content is. */
export async function kindOf(fileName: string, data: Buffer): Promise<FileKind> {
  const end = /\.([^.]+)$/.exec(fileName)?.[1]?.toLowerCase() ?? ''
  const found = (await fileTypeFromBuffer(data))?.ext
  const kind = found === undefined ? textOrNothing(data) : found === 'zip' ? ofdOrNothing(data) : KNOWN[found]
  if (!kind)
    throw refused(`不能存这种文件（${found ? `内容是 ${found}` : '认不出是什么文件'}）。可以存 PDF、OFD、Word、Excel、图片和文本文件`)
  const { title, ends } = FILE_KINDS[kind]
  if (!(ends as readonly string[]).includes(end))
    throw refused(`文件名以 .${end || '（没有后缀）'} 结尾，内容却是${title}。请把后缀改成 .${ends[0]} 再传，或另选文件`)
  return kind
}

export const refused = (why: string) => invalid('file-refused', why, { file: [why] })

/** Text has no signature: it is what decodes and holds no control characters. */
function textOrNothing(data: Buffer): FileKind | undefined {
  const text = decoded(data)
  return text.includes('\uFFFD') || /(?![\t\n\r\f])\p{Cc}/u.test(text) ? undefined : 'text'
}

/** The text of a plain file: UTF-8, else GB18030. */
export function decoded(data: Buffer): string {
  const utf8 = new TextDecoder('utf-8').decode(data)
  return utf8.includes('\uFFFD') ? iconv.decode(data, 'gb18030') : utf8
}

const ofdOrNothing = (data: Buffer): FileKind | undefined => (openArchive(data).has('OFD.xml') ? 'ofd' : undefined)
