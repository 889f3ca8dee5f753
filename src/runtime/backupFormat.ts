import { createHash } from 'node:crypto'
import { damaged } from './sealedFile.ts'

export interface TableContent {
  schema: string
  name: string
  columns: string[]
}

/** What stands first in a backup. */
export interface BackupHead {
  product: 'rongjian'
  format: 1
  /** ISO instant of the snapshot. */
  created: string
  /** Major version of the PostgreSQL it was taken from. */
  postgres: number
  /** Names of the migrations that made its schema. */
  migrations: string[]
}

export interface Entry {
  /** `schema.table`, or the path of a file inside the data folder. */
  name: string
  kind: 'table' | 'file'
  columns?: string[]
}

export interface EntrySum {
  name: string
  kind: Entry['kind']
  /** Rows of a table, 0 for a file. */
  rows: number
  bytes: number
  sha256: string
}

export interface Manifest extends BackupHead {
  entries: EntrySum[]
  sequences: { schema: string; name: string; value: string; called: boolean }[]
}

// Frames of the plain stream: one letter, u32 length, content.
const frames = { head: 'H', entry: 'E', data: 'D', sum: 'S', manifest: 'M' } as const

/** Writes the plain stream of a backup: head, entries with their data and sums, manifest. `manifest` is called when all data is written. */
export async function* writeFrames(
  head: BackupHead,
  entries: AsyncIterable<Entry & { data: AsyncIterable<Uint8Array> }>,
  manifest: (sums: EntrySum[]) => Promise<Manifest>,
): AsyncGenerator<Buffer> {
  yield jsonFrame(frames.head, head)
  const sums: EntrySum[] = []
  for await (const { data, ...entry } of entries) {
    yield jsonFrame(frames.entry, entry)
    const sum = summing(entry)
    for await (const bytes of data) {
      const buffer = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength)
      sum.add(buffer)
      yield frame(frames.data, buffer)
    }
    sums.push(sum.result())
    yield jsonFrame(frames.sum, sum.result())
  }
  yield jsonFrame(frames.manifest, await manifest(sums))
}

/** Called for each entry while a backup is read; must consume `data` to its end. */
export type TakeEntry = (entry: Entry, data: AsyncIterable<Buffer>, head: BackupHead) => Promise<unknown>

/** Reads the plain stream and checks every sum; `onHead` may refuse before any entry is given to `take`. */
export async function readFrames(
  source: AsyncIterable<Uint8Array>,
  onHead: (head: BackupHead) => unknown,
  take: TakeEntry,
): Promise<Manifest> {
  const reader = frameReader(source)
  const head = await expectJson<BackupHead>(reader, frames.head)
  await onHead(head)
  const sums: EntrySum[] = []
  for (;;) {
    const { letter, content } = await reader.next()
    if (letter === frames.manifest) {
      const manifest = JSON.parse(content.toString()) as Manifest
      if (JSON.stringify(manifest.entries) !== JSON.stringify(sums)) throw damaged()
      await reader.end()
      return manifest
    }
    if (letter !== frames.entry) throw damaged()
    const entry = JSON.parse(content.toString()) as Entry
    const sum = summing(entry)
    let written: EntrySum | undefined
    const data = (async function* () {
      for (;;) {
        const { letter, content } = await reader.next()
        if (letter === frames.sum) {
          written = JSON.parse(content.toString()) as EntrySum
          return
        }
        if (letter !== frames.data) throw damaged()
        sum.add(content)
        yield content
      }
    })()
    await take(entry, data, head)
    if (!written || JSON.stringify(written) !== JSON.stringify(sum.result())) throw damaged()
    sums.push(written)
  }
}

async function expectJson<T>(reader: FrameReader, letter: string): Promise<T> {
  const found = await reader.next()
  if (found.letter !== letter) throw damaged()
  return JSON.parse(found.content.toString()) as T
}

/** Counts rows, bytes and SHA-256 of COPY's text format: each row ends with the only newline it holds. */
export function summing({ name, kind }: Pick<Entry, 'name' | 'kind'>) {
  const hash = createHash('sha256')
  let rows = 0
  let bytes = 0
  return {
    add(buffer: Buffer) {
      hash.update(buffer)
      bytes += buffer.length
      if (kind === 'table') for (let at = buffer.indexOf(10); at >= 0; at = buffer.indexOf(10, at + 1)) rows++
    },
    result: (): EntrySum => ({ name, kind, rows, bytes, sha256: hash.copy().digest('hex') }),
  }
}

function frame(letter: string, content: Buffer): Buffer {
  const start = Buffer.alloc(5)
  start.write(letter, 'latin1')
  start.writeUInt32BE(content.length, 1)
  return Buffer.concat([start, content])
}

const jsonFrame = (letter: string, value: unknown) => frame(letter, Buffer.from(JSON.stringify(value)))

type FrameReader = ReturnType<typeof frameReader>

function frameReader(source: AsyncIterable<Uint8Array>) {
  const pieces = source[Symbol.asyncIterator]()
  let waiting: Buffer = Buffer.alloc(0)
  const fill = async (length: number) => {
    const parts = [waiting]
    let have = waiting.length
    while (have < length) {
      const { value, done } = await pieces.next()
      if (done) throw damaged()
      parts.push(value as Buffer)
      have += value.length
    }
    waiting = parts.length === 1 ? waiting : Buffer.concat(parts)
  }
  return {
    async next(): Promise<{ letter: string; content: Buffer }> {
      await fill(5)
      const length = waiting.readUInt32BE(1)
      await fill(5 + length)
      const [letter, content] = [waiting.toString('latin1', 0, 1), waiting.subarray(5, 5 + length)]
      waiting = waiting.subarray(5 + length)
      return { letter, content }
    },
    async end() {
      const { done } = await pieces.next()
      if (!done || waiting.length > 0) throw damaged()
    },
  }
}
