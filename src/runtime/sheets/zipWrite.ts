import { pipeline, Readable } from 'node:stream'
import { crc32, createDeflateRaw } from 'node:zlib'

/** One file of an archive; its text (or bytes) is produced while the archive is written. */
export type ZipPart = { name: string; text: Iterable<string | Buffer> | AsyncIterable<string | Buffer> }

/** Writes a zip archive piece by piece; sizes follow the data, so nothing is held but the directory. Names are plain ASCII. */
export async function* writeZip(parts: Iterable<ZipPart>): AsyncGenerator<Buffer> {
  const directory: Buffer[] = []
  let offset = 0
  for (const { name, text } of parts) {
    const start = offset
    const local = localHeader(name)
    yield local
    offset += local.length
    const sums = { crc: 0, size: 0, packed: 0 }
    for await (const piece of deflated(text, sums)) {
      offset += piece.length
      yield piece
    }
    if (offset > 0xfffffffe || sums.size > 0xfffffffe) throw new Error('The archive would pass 4 GiB')
    const after = descriptor(sums)
    yield after
    offset += after.length
    directory.push(entryHeader(name, start, sums))
  }
  const central = Buffer.concat(directory)
  yield central
  yield endOfDirectory(directory.length, central.length, offset)
}

type Sums = { crc: number; size: number; packed: number }

// The pipeline carries an error of the producer into the reader's loop; a bare pipe would hang.
async function* deflated(text: ZipPart['text'], sums: Sums): AsyncGenerator<Buffer> {
  async function* counted() {
    for await (const piece of text) {
      const bytes = typeof piece === 'string' ? Buffer.from(piece, 'utf8') : piece
      sums.crc = crc32(bytes, sums.crc)
      sums.size += bytes.length
      yield bytes
    }
  }
  const deflate = createDeflateRaw()
  pipeline(Readable.from(counted()), deflate, () => {})
  for await (const piece of deflate) {
    sums.packed += piece.length
    yield piece
  }
}

const version = 20
const flags = 0x0808
const method = 8
// 1 January 1980: the same rows give the same bytes.
const dosDate = 0x0021

const localHeader = (name: string): Buffer => {
  const header = Buffer.alloc(30 + name.length)
  header.writeUInt32LE(0x04034b50, 0)
  header.writeUInt16LE(version, 4)
  header.writeUInt16LE(flags, 6)
  header.writeUInt16LE(method, 8)
  header.writeUInt16LE(dosDate, 12)
  header.writeUInt16LE(name.length, 26)
  header.write(name, 30, 'latin1')
  return header
}

const descriptor = ({ crc, packed, size }: Sums): Buffer => {
  const block = Buffer.alloc(16)
  block.writeUInt32LE(0x08074b50, 0)
  block.writeUInt32LE(crc, 4)
  block.writeUInt32LE(packed, 8)
  block.writeUInt32LE(size, 12)
  return block
}

const entryHeader = (name: string, offset: number, { crc, packed, size }: Sums): Buffer => {
  const header = Buffer.alloc(46 + name.length)
  header.writeUInt32LE(0x02014b50, 0)
  header.writeUInt16LE(version, 4)
  header.writeUInt16LE(version, 6)
  header.writeUInt16LE(flags, 8)
  header.writeUInt16LE(method, 10)
  header.writeUInt16LE(dosDate, 14)
  header.writeUInt32LE(crc, 16)
  header.writeUInt32LE(packed, 20)
  header.writeUInt32LE(size, 24)
  header.writeUInt16LE(name.length, 28)
  header.writeUInt32LE(offset, 42)
  header.write(name, 46, 'latin1')
  return header
}

const endOfDirectory = (count: number, size: number, offset: number): Buffer => {
  const end = Buffer.alloc(22)
  end.writeUInt32LE(0x06054b50, 0)
  end.writeUInt16LE(count, 8)
  end.writeUInt16LE(count, 10)
  end.writeUInt32LE(size, 12)
  end.writeUInt32LE(offset, 16)
  return end
}
