import { mkdir, writeFile } from 'node:fs/promises'
import { dirname, join } from 'node:path'

const BLOCK = 512

/** Writes the plain files of a ustar archive held in memory into a folder; links and devices are left out. */
export async function untar(archive: Buffer, folder: string): Promise<void> {
  for (let at = 0; at + BLOCK <= archive.length; ) {
    const name = text(archive, at, 100)
    if (name === '') return
    const size = Number.parseInt(text(archive, at + 124, 12), 8) || 0
    const kind = text(archive, at + 156, 1)
    if (kind === '0' || kind === '') {
      const path = join(folder, name)
      if (!path.startsWith(folder)) throw new Error(`The archive leads out of its folder: ${name}`)
      await mkdir(dirname(path), { recursive: true })
      await writeFile(path, archive.subarray(at + BLOCK, at + BLOCK + size), { mode: 0o755 })
    }
    at += BLOCK + Math.ceil(size / BLOCK) * BLOCK
  }
}

const text = (archive: Buffer, at: number, length: number) =>
  archive
    .toString('latin1', at, at + length)
    .replace(/\0.*$/s, '')
    .trim()
