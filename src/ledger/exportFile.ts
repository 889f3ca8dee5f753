import { createReadStream, createWriteStream } from 'node:fs'
import { open, rename, rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { Readable } from 'node:stream'
import { pipeline } from 'node:stream/promises'
import { createGunzip, createGzip } from 'node:zlib'
import { invalid } from '#kernel/errors.ts'
import type { SignedHead } from './proof.ts'
import { publicKeysOf, type Trust } from './signing.ts'
import type { FoundEntry, LedgerSource, Rest } from './source.ts'
import type { Epoch } from './store.ts'

const FORMAT = { format: 'rongjian-ledger', version: 1 }

/** The last line: how many entries came before, so that a file cut short shows. */
interface End {
  end: { entries: number }
}

/**
 * Writes a ledger to a file that verifies offline: NDJSON in gzip; a line for the file, its public keys and what stands beside the
 * numbered facts; then epochs, heads, and one line for each number with leaf and fact. Returns how many facts it holds.
 */
export async function exportLedger(source: LedgerSource, trust: Trust, file: string): Promise<number> {
  const partial = `${file}.partial`
  let entries = 0
  async function* lines() {
    yield `${JSON.stringify({ ...FORMAT, publicKeys: publicKeysOf(trust) })}\n`
    yield `${JSON.stringify({ epochs: await source.epochs(), heads: await source.heads() })}\n`
    for await (const batch of source.entries()) {
      entries += batch.length
      yield batch.map(lineOf).join('')
    }
    yield `${JSON.stringify({ rest: await source.rest() })}\n`
    yield `${JSON.stringify({ end: { entries } } satisfies End)}\n`
  }
  try {
    await pipeline(Readable.from(lines()), createGzip({ level: 3 }), createWriteStream(partial, { mode: 0o600 }))
    const written = await open(partial, 'r+')
    await written.sync().finally(() => written.close())
    await rename(partial, file)
  } catch (error) {
    await rm(partial, { force: true })
    throw error
  }
  return entries
}

const lineOf = ({ n, leaf, id, text }: FoundEntry) =>
  `{"n":${n},"leaf":"${leaf}",${text === null ? `"id":"${id}","fact":null` : `"fact":${text}`}}\n`

/** Opens an exported ledger for examination, without a database. */
export async function fileSource(file: string): Promise<LedgerSource> {
  const lines = linesOf(file)
  const head = await parsed<typeof FORMAT & { publicKeys: string[] }>(lines, file)
  if (head.format !== FORMAT.format) throw foreign(file)
  if (head.version > FORMAT.version) throw invalid('newer-export', `文件 ${basename(file)} 由更新版本的融建导出。请先升级程序。`)
  const { epochs, heads } = await parsed<{ epochs: Epoch[]; heads: SignedHead[] }>(lines, file)
  let rest: Rest | undefined
  return {
    name: basename(file),
    publicKeys: head.publicKeys,
    heads: async () => heads,
    epochs: async () => epochs,
    nodes: async () => undefined,
    entries: () =>
      entriesIn(lines, file, (tail) => {
        rest = tail
      }),
    rest: async () => rest!,
    close: async () => {
      await lines.return(undefined)
    },
  }
}

async function* entriesIn(lines: AsyncIterator<string>, file: string, onRest: (rest: Rest) => void): AsyncGenerator<FoundEntry[]> {
  let batch: FoundEntry[] = []
  let count = 0
  for (;;) {
    const line = await lines.next()
    if (line.done) throw cut(file)
    const entry = entryIn(line.value)
    if (entry === undefined) {
      if (batch.length > 0) yield batch
      onRest(jsonIn<{ rest: Rest }>(line.value, file).rest)
      const { end } = await parsed<End>(lines, file)
      if (end?.entries !== count || !(await lines.next()).done) throw cut(file)
      return
    }
    count++
    batch.push(entry)
    if (batch.length === 4000) {
      yield batch
      batch = []
    }
  }
}

// The fact's bytes are hashed as they stand in the file: no second reading of them is possible.
function entryIn(line: string): FoundEntry | undefined {
  const match = /^\{"n":(\d+),"leaf":"([0-9a-f]{64})",(?:"id":"([0-9a-f-]{36})",)?"fact":/.exec(line)
  if (!match) return undefined
  const text = line.slice(match[0].length, -1)
  return { n: Number(match[1]), leaf: match[2]!, id: match[3] ?? '', text: text === 'null' ? null : text }
}

async function* linesOf(file: string): AsyncGenerator<string> {
  const input = createReadStream(file)
  const gunzip = createGunzip({ chunkSize: 262_144 }).setEncoding('utf8')
  input.on('error', (error) => gunzip.destroy(error))
  let rest = ''
  try {
    for await (const chunk of input.pipe(gunzip)) {
      const lines = (rest + (chunk as string)).split('\n')
      rest = lines.pop()!
      yield* lines
    }
  } catch (error) {
    throw (error as NodeJS.ErrnoException).code === 'ENOENT' ? invalid('no-such-file', `没有文件 ${file}。`) : cut(file)
  } finally {
    input.destroy()
  }
  if (rest !== '') throw cut(file)
}

async function parsed<T>(lines: AsyncIterator<string>, file: string): Promise<T> {
  const line = await lines.next()
  if (line.done) throw cut(file)
  return jsonIn<T>(line.value, file)
}

function jsonIn<T>(line: string, file: string): T {
  try {
    return JSON.parse(line) as T
  } catch {
    throw foreign(file)
  }
}

const cut = (file: string) => invalid('damaged-export', `文件 ${basename(file)} 不完整或已损坏，不能核对。请重新导出或重新拷贝。`)
const foreign = (file: string) => invalid('foreign-export', `文件 ${basename(file)} 不是融建导出的账本。`)
