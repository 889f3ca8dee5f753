// Runs the linter for this platform. Its own package lists platforms that not every registry carries, so the binaries are named here.
import { spawnSync } from 'node:child_process'
import { fileURLToPath } from 'node:url'

const exe = process.platform === 'win32' ? 'biome.exe' : 'biome'
const binary = fileURLToPath(new URL(`../node_modules/@biomejs/cli-${process.platform}-${process.arch}/${exe}`, import.meta.url))
const { status, error } = spawnSync(binary, process.argv.slice(2), { stdio: 'inherit' })
if (error) console.error(`${binary}: ${error.message}`)
process.exit(status ?? 1)
