import { createReadStream } from 'node:fs'
import { mkdir, open, readdir, stat, truncate } from 'node:fs/promises'
import { dirname, join } from 'node:path'
import { createInterface } from 'node:readline'
import { giveToOwner, missing, syncFolder } from '#runtime/dataFolder.ts'
import type { SignedHead } from './proof.ts'

/**
 * What is remembered outside the database: `heads.ndjson`, every signed head, and `leaves-EPOCH-FIRST.bin`, 32 bytes for each
 * fact from number FIRST on. The heads prove that something changed; the leaves, which a head proves in turn, say exactly what.
 */
const HEADS = 'heads.ndjson'

/** Every head in the folder, oldest first; lines that cannot be read are counted. */
export async function readHeads(folder: string): Promise<{ heads: SignedHead[]; damaged: number }> {
  const path = join(folder, HEADS)
  if (!(await stat(path).catch(missing))) return { heads: [], damaged: 0 }
  const heads: SignedHead[] = []
  let damaged = 0
  for await (const line of createInterface({ input: createReadStream(path), crlfDelay: Number.POSITIVE_INFINITY })) {
    const head = headIn(line)
    if (head) heads.push(head)
    else if (line !== '') damaged++
  }
  return { heads, damaged }
}

/** The last head in the folder, without reading the rest. */
export async function lastHead(folder: string): Promise<SignedHead | undefined> {
  const file = await open(join(folder, HEADS), 'r').catch(missing)
  if (!file) return undefined
  try {
    const { size } = await file.stat()
    const length = Math.min(size, 4096)
    const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length)
    return buffer.toString().split('\n').map(headIn).findLast(Boolean)
  } finally {
    await file.close()
  }
}

function headIn(line: string): SignedHead | undefined {
  try {
    const head = JSON.parse(line) as SignedHead
    return Number.isSafeInteger(head.size) && Number.isSafeInteger(head.epoch) && /^[0-9a-f]{64}$/.test(head.root) ? head : undefined
  } catch {
    return undefined
  }
}

/** Appends heads, durable when the promise resolves. A line torn by a power cut was never relied on and is cut off first. */
export async function appendHeads(folder: string, heads: readonly SignedHead[]): Promise<void> {
  await makeFolder(folder)
  const path = join(folder, HEADS)
  await dropTornLine(path)
  await appendDurably(path, Buffer.from(heads.map((head) => `${JSON.stringify(head)}\n`).join('')))
}

async function makeFolder(folder: string) {
  if (await mkdir(folder, { recursive: true, mode: 0o700 })) await giveToOwner({ root: dirname(folder) }, folder)
}

async function dropTornLine(path: string) {
  const file = await open(path, 'r').catch(missing)
  if (!file) return
  const { size } = await file.stat()
  const length = Math.min(size, 4096)
  const { buffer } = await file.read(Buffer.alloc(length), 0, length, size - length).finally(() => file.close())
  const whole = buffer.lastIndexOf(10) + 1
  if (whole < length) await truncate(path, size - length + whole)
}

async function appendDurably(path: string, bytes: Buffer) {
  const existed = await stat(path).catch(missing)
  const file = await open(path, 'a', 0o600)
  try {
    await file.appendFile(bytes)
    await file.sync()
  } finally {
    await file.close()
  }
  if (existed) return
  await giveToOwner({ root: dirname(path) }, path)
  await syncFolder(dirname(path))
}

export interface LeafFile {
  path: string
  epoch: number
  /** The number of the first fact in it. */
  first: number
  /** How many whole leaves it holds. */
  count: number
}

/** The leaf files of a folder, oldest epoch first. */
export async function leafFiles(folder: string): Promise<LeafFile[]> {
  const names = (await readdir(folder).catch(missing)) ?? []
  const found = names.map((name) => /^leaves-(\d+)-(\d+)\.bin$/.exec(name)).filter((match) => match !== null)
  const files = found.map(async ([name, epoch, first]) => {
    const { size } = await stat(join(folder, name))
    return { path: join(folder, name), epoch: Number(epoch), first: Number(first), count: Math.floor(size / 32) }
  })
  return (await Promise.all(files)).sort((a, b) => a.epoch - b.epoch)
}

/** Appends leaves to the file of their epoch; `first` is the number of the first leaf when the file is new. */
export async function appendLeaves(folder: string, epoch: number, first: number, leaves: readonly Buffer[]): Promise<void> {
  await makeFolder(folder)
  const known = (await leafFiles(folder)).find((file) => file.epoch === epoch)
  if (known) await truncate(known.path, known.count * 32)
  await appendDurably(known?.path ?? join(folder, `leaves-${epoch}-${first}.bin`), Buffer.concat(leaves))
}
