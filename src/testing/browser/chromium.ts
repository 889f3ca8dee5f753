import { createHash } from 'node:crypto'
import { existsSync } from 'node:fs'
import { chmod, mkdir, readFile, rename, rm, writeFile } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { dirname, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { brotliDecompress } from 'node:zlib'
import { untar } from './untar.ts'

const unpack = promisify(brotliDecompress)
const require = createRequire(import.meta.url)
const CACHE = resolve('.cache')

/** A Chromium that can be started: the program, and the environment it needs. */
export interface Chromium {
  program: string
  env: Record<string, string>
}

/**
 * The browser of the tests: on Linux x64 the one that came with `npm ci`, unpacked once into .cache with the libraries it needs, so
 * that nothing of the system is used; elsewhere the Chrome or Chromium of the system. Chinese glyphs come from an npm font too.
 */
export async function findChromium(): Promise<Chromium> {
  const fonts = { FONTCONFIG_FILE: await fontConfig() }
  if (process.env.CHROMIUM) return { program: process.env.CHROMIUM, env: fonts }
  if (process.platform === 'linux' && process.arch === 'x64') {
    const folder = await unpackShipped()
    return { program: join(folder, 'chromium'), env: { ...fonts, LD_LIBRARY_PATH: join(folder, 'lib'), HOME: folder } }
  }
  const program = SYSTEM[process.platform]?.find((path) => existsSync(path))
  if (!program) throw new Error('No Chrome or Chromium found. Install one, or name it in the variable CHROMIUM.')
  return { program, env: process.platform === 'linux' ? fonts : {} }
}

const SYSTEM: Partial<Record<NodeJS.Platform, string[]>> = {
  linux: ['/usr/bin/chromium', '/usr/bin/chromium-browser', '/usr/bin/google-chrome', '/snap/bin/chromium'],
  darwin: [
    '/Applications/Google Chrome.app/Contents/MacOS/Google Chrome',
    '/Applications/Chromium.app/Contents/MacOS/Chromium',
    '/Applications/Microsoft Edge.app/Contents/MacOS/Microsoft Edge',
  ],
  win32: [
    'C:\\Program Files\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Google\\Chrome\\Application\\chrome.exe',
    'C:\\Program Files (x86)\\Microsoft\\Edge\\Application\\msedge.exe',
  ],
}

async function unpackShipped(): Promise<string> {
  const main = require.resolve('@sparticuz/chromium')
  const shipped = join(dirname(main), '..', 'bin')
  const { version } = JSON.parse(await readFile(join(dirname(main), '..', 'package.json'), 'utf8'))
  const folder = join(CACHE, `chromium-${version}`)
  if (existsSync(folder)) return folder

  const half = `${folder}.${process.pid}`
  await mkdir(half, { recursive: true })
  const program = join(half, 'chromium')
  await writeFile(program, await unpack(await readFile(join(shipped, 'chromium.br'))))
  await chmod(program, 0o755)
  await untar(await unpack(await readFile(join(shipped, 'al2023.tar.br'))), half)
  // Whoever was faster wins; both have unpacked the same.
  await rename(half, folder).catch(() => rm(half, { recursive: true, force: true }))
  return folder
}

/** Writes the fontconfig file that makes the npm font the answer to every family. */
async function fontConfig(): Promise<string> {
  const fonts = join(dirname(require.resolve('@embedpdf/fonts-sc')), '..', 'fonts')
  const xml = `<?xml version="1.0"?>
<!DOCTYPE fontconfig SYSTEM "fonts.dtd">
<fontconfig>
  <dir>${fonts}</dir>
  <cachedir>${join(CACHE, 'fontconfig')}</cachedir>
  <match target="pattern"><edit name="family" mode="append" binding="weak"><string>Noto Sans S Chinese</string></edit></match>
</fontconfig>
`
  const file = join(CACHE, `fonts-${createHash('sha256').update(xml).digest('hex').slice(0, 8)}.conf`)
  await mkdir(CACHE, { recursive: true })
  if (!existsSync(file)) await writeFile(file, xml)
  return file
}
