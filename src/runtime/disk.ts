import { randomBytes } from 'node:crypto'
import { chown, open, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type DataFolder, missing } from './dataFolder.ts'

/** True for "no space" from PostgreSQL (53100, also as the text of an I/O error) and from the file system (full, or quota used up). */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return code === '53100' || code === 'ENOSPC' || code === 'EDQUOT' || /No space left on device|Disk quota exceeded/.test(error.message)
}

const ballastSize = 64 * 1024 * 1024
const ballastFile = ({ root }: DataFolder) => join(root, 'ballast')

/** Gives 64 MB of the disk back at once, so that a full disk still lets PostgreSQL end cleanly; false when it was given before. */
export async function freeBallast(folder: DataFolder): Promise<boolean> {
  if (!(await stat(ballastFile(folder)).catch(missing))) return false
  await rm(ballastFile(folder))
  return true
}

/** Puts the reserve back when there is room for it and as much again; answers whether it is there. */
export async function restoreBallast(folder: DataFolder): Promise<boolean> {
  const path = ballastFile(folder)
  if ((await stat(path).catch(missing))?.size === ballastSize) return true
  const { bavail, bsize } = await statfs(folder.root)
  if (bavail * bsize < 2 * ballastSize) return false
  const partial = `${path}.new`
  const file = await open(partial, 'w', 0o600)
  try {
    // Random and written out: a hole or zeros may take no room on the disk.
    const block = randomBytes(1024 * 1024)
    for (let written = 0; written < ballastSize; written += block.length) await file.write(block)
    await file.sync()
  } catch (error) {
    await rm(partial, { force: true })
    if (isDiskFull(error)) return false
    throw error
  } finally {
    await file.close()
  }
  const { uid, gid } = await stat(folder.root)
  if (process.getuid?.() === 0) await chown(partial, uid, gid)
  await rename(partial, path)
  return true
}
