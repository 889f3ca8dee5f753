import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { gzipSync } from 'node:zlib'

interface Chunk {
  file: string
  css?: string[]
  imports?: string[]
}

type Manifest = Record<string, Chunk>

/** What a browser loads before a page can be used: its own chunks beside those of the start. */
export const FIRST_LOADS = {
  signIn: ['index.html', 'entry/entry.tsx'],
  platform: ['index.html', 'main.tsx'],
}

/** Bytes, gzipped. */
export const BUDGETS = { signIn: 150_000, workbench: 400_000 }

/** The gzipped size in bytes of everything these entries of the manifest load at once, styles included. `page` is the built folder. */
export async function firstLoad(page: string, entries: readonly string[]): Promise<number> {
  const manifest: Manifest = JSON.parse(await readFile(join(page, '.vite/manifest.json'), 'utf8'))
  const files = new Set(['index.html'])
  const visit = (name: string) => {
    const chunk = manifest[name]
    if (!chunk) throw new Error(`The build has no entry ${name}. It has: ${Object.keys(manifest).join(', ')}`)
    if (files.has(chunk.file)) return
    for (const file of [chunk.file, ...(chunk.css ?? [])]) files.add(file)
    for (const imported of chunk.imports ?? []) visit(imported)
  }
  for (const entry of entries) visit(entry)
  const contents = await Promise.all([...files].map((file) => readFile(join(page, file))))
  return contents.reduce((sum, content) => sum + gzipSync(content).length, 0)
}

/** Every page of a module with its gzipped first load, the platform's own part included, largest first. */
export async function pages(page: string): Promise<{ name: string; bytes: number }[]> {
  const manifest: Manifest = JSON.parse(await readFile(join(page, '.vite/manifest.json'), 'utf8'))
  const names = Object.keys(manifest).filter((name) => /Page\.tsx$/.test(name) && !name.startsWith('_'))
  const sized = names.map(async (name) => ({ name, bytes: await firstLoad(page, [...FIRST_LOADS.platform, name]) }))
  return (await Promise.all(sized)).sort((a, b) => b.bytes - a.bytes)
}
