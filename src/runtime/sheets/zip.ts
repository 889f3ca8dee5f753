import { crc32, createInflateRaw } from 'node:zlib'
import { isRefusal } from '../refusal.ts'
import { limits, unreadable } from './limits.ts'

/** One entry of an archive, by its central directory. */
type Entry = { method: number; crc: number; packed: number; size: number; offset: number }

/** An archive whose directory has been read; `stream` inflates one entry piece by piece and stops at the given number of bytes. */
export type Archive = {
  names: string[]
  has: (name: string) => boolean
  text: (name: string) => Promise<string>
  stream: (name: string, maxBytes: number) => AsyncGenerator<Buffer>
}

/** Reads the directory of a zip archive held in memory; sizes the archive claims are not trusted, the bytes are counted as they come. */
export const openArchive = (bytes: Buffer): Archive => {
  const entries = readDirectory(bytes)
  const entryOf = (name: string) => entries.get(name) ?? unreadable(`文件不完整，缺少 ${name}，${broken}`)
  const stream = (name: string, maxBytes: number) => inflate(bytes, entryOf(name), maxBytes)
  return {
    names: [...entries.keys()],
    has: (name) => entries.has(name),
    stream,
    text: async (name) => {
      const pieces: Buffer[] = []
      for await (const piece of stream(name, limits.partBytes)) pieces.push(piece)
      return Buffer.concat(pieces).toString('utf8')
    },
  }
}

const broken = '请在 Excel 里打开，另存为 .xlsx 再导入'
const damaged = `文件已损坏，${broken}`
const bomb = '文件解压后大得不正常，已停止读取；请确认文件来源，另存一份再导入'

const readDirectory = (bytes: Buffer): Map<string, Entry> => {
  const end = bytes.lastIndexOf(Buffer.from([0x50, 0x4b, 5, 6]))
  if (end < 0 || end + 22 > bytes.length) unreadable(`文件不完整，${broken}`)
  const count = bytes.readUInt16LE(end + 10)
  if (count === 0xffff || count > limits.entries) unreadable(`压缩包里的文件太多，这不是一般的表格，${broken}`)
  const entries = new Map<string, Entry>()
  let at = bytes.readUInt32LE(end + 16)
  for (let index = 0; index < count; index++) {
    if (at + 46 > bytes.length || bytes.readUInt32LE(at) !== 0x02014b50) unreadable(`文件不完整，${broken}`)
    const [nameLength, extraLength, commentLength] = [28, 30, 32].map((place) => bytes.readUInt16LE(at + place)) as [number, number, number]
    if (bytes.readUInt16LE(at + 8) & 1) unreadable('文件加了密码，请去掉密码另存一份再导入')
    const name = bytes.toString('utf8', at + 46, at + 46 + nameLength).replaceAll('\\', '/')
    entries.set(name, {
      method: bytes.readUInt16LE(at + 10),
      crc: bytes.readUInt32LE(at + 16),
      packed: bytes.readUInt32LE(at + 20),
      size: bytes.readUInt32LE(at + 24),
      offset: bytes.readUInt32LE(at + 42),
    })
    at += 46 + nameLength + extraLength + commentLength
  }
  return entries
}

async function* inflate(bytes: Buffer, entry: Entry, maxBytes: number): AsyncGenerator<Buffer> {
  if (entry.offset + 30 > bytes.length || bytes.readUInt32LE(entry.offset) !== 0x04034b50) unreadable(`文件不完整，${broken}`)
  const start = entry.offset + 30 + bytes.readUInt16LE(entry.offset + 26) + bytes.readUInt16LE(entry.offset + 28)
  if (entry.size > maxBytes) unreadable(bomb)
  if (start + entry.packed > bytes.length) unreadable(`文件不完整，${broken}`)
  const packed = bytes.subarray(start, start + entry.packed)
  if (entry.method === 0) return yield packed
  if (entry.method !== 8) unreadable(`文件的压缩方式不认识，${broken}`)
  const inflater = createInflateRaw()
  inflater.end(packed)
  let total = 0
  let crc = 0
  try {
    for await (const piece of inflater) {
      total += piece.length
      crc = crc32(piece, crc)
      if (total > maxBytes || (total > 16 * 1024 * 1024 && total > entry.packed * limits.ratio)) unreadable(bomb)
      yield piece
    }
    if (crc !== entry.crc) unreadable(damaged)
  } catch (error) {
    if (!isRefusal(error)) unreadable(damaged)
    throw error
  } finally {
    inflater.destroy()
  }
}
