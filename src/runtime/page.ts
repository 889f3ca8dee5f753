import { spawn } from 'node:child_process'
import { createHash } from 'node:crypto'
import { readdir, readFile, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { missing } from './dataFolder.ts'
import { refusal } from './refusal.ts'

const project = resolve(import.meta.dirname, '../..')

/** Where the built page lies. */
export const pageFolder = join(project, 'dist/page')
const stamp = join(project, 'dist/page.sources')

/** Builds the web page when what it is made of changed since the last build; answers how long that took, 0 when nothing changed. */
export async function buildPage(log: (line: string) => void = () => {}): Promise<number> {
  const sources = await sourcesHash()
  if ((await readFile(stamp, 'utf8').catch(missing)) === sources && (await isBuilt())) return 0
  log('正在生成网页文件（只在首次或升级后需要）…')
  const started = Date.now()
  await runVite()
  await writeFile(stamp, sources)
  return (Date.now() - started) / 1000
}

const isBuilt = async () => (await readFile(join(pageFolder, 'index.html')).catch(missing)) !== undefined

async function sourcesHash(): Promise<string> {
  const inside = async (folder: string) => {
    const entries = await readdir(join(project, folder), { recursive: true, withFileTypes: true })
    return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name))
  }
  const [web, modules, kernel] = await Promise.all(['src/web', 'src/modules', 'src/kernel'].map(inside))
  const shown = modules!.filter((path) => /[\\/](ui[\\/].*|contract\.ts|published\.ts|module\.ts|operations.*)$/.test(path))
  const files = ['package-lock.json', 'vite.config.ts', 'src/modules.ts', 'src/platform.ts'].map((name) => join(project, name))
  const hash = createHash('sha256')
  for (const path of [...files, ...web!, ...kernel!, ...shown].filter((path) => !/\.(test|browser)\.tsx?$/.test(path)).sort()) {
    const content = await readFile(path).catch(missing)
    if (content) hash.update(`${path.slice(project.length)}\0${content.length}\0`).update(content)
  }
  return hash.digest('hex')
}

// In a process of its own: the bundler's memory must not stay with the server.
async function runVite() {
  const vite = join(dirname(createRequire(import.meta.url).resolve('vite/package.json')), 'bin/vite.js')
  const child = spawn(process.execPath, [vite, 'build', '--logLevel', 'warn'], { cwd: project, stdio: ['ignore', 'pipe', 'pipe'] })
  const said: Buffer[] = []
  for (const stream of [child.stdout, child.stderr]) stream.on('data', (chunk: Buffer) => said.push(chunk))
  const code = await new Promise<number | null>((done, fail) => child.on('error', fail).on('close', done))
  if (code !== 0) throw refusal('page-build-failed', `网页文件没有生成成功：\n${Buffer.concat(said).toString().slice(-2000)}`)
}
