import { randomBytes } from 'node:crypto'
import { open, rename, rm, stat, statfs } from 'node:fs/promises'
import { join } from 'node:path'
import { type DataFolder, giveToOwner, missing } from './dataFolder.ts'

/** True for "no space" from PostgreSQL (53100, also as the text of an I/O error) and from the file system (full, or quota used up). */
export function isDiskFull(error: unknown): boolean {
  if (!(error instanceof Error)) return false
  const { code } = error as { code?: unknown }
  return code === '53100' || code === 'ENOSPC' || code === 'EDQUOT' || /No space left on device|Disk quota exceeded/.test(error.message)
}

export interface DiskGuard {
  /** Why nothing may be written now, in Chinese, or null while there is room. Reading goes on. */
  low: () => string | null
  stop: () => void
}

/**
 * Watches the room on the disk and keeps a reserve of 64 MB on it. Writing must end while PostgreSQL still has room: out of it in
 * the middle of its own log, it stops altogether and starts again only when room was made (`freeBallast`).
 */
export async function guardDisk(folder: DataFolder, log: (line: string) => void, everyMs = 1000): Promise<DiskGuard> {
  let low = false
  const look = async () => {
    const room = await roomOn(folder)
    if (!low && room < 2 * ballastSize) {
      low = true
      log('磁盘空间不足，已暂停写入，只能查看')
    } else if (low && room >= 3 * ballastSize) {
      low = false
      log('磁盘空间已恢复，可以继续写入')
    }
    if (!low) await restoreBallast(folder)
  }
  await look()
  let looking = false
  const timer = setInterval(async () => {
    if (looking) return
    looking = true
    // A look that fails (the disk may be unmounted) leaves the last answer standing.
    await look().catch(() => {})
    looking = false
  }, everyMs).unref()
  return { low: () => (low ? lowReason : null), stop: () => clearInterval(timer) }
}

const lowReason = '服务器磁盘空间不足，暂时只能查看，不能保存；已保存的内容都在。请系统管理员清理磁盘，腾出空间后会自动恢复，不必重启。'

/** Bytes that can still be written, the reserve included. */
async function roomOn(folder: DataFolder): Promise<number> {
  const { bavail, bsize } = await statfs(folder.root)
  return bavail * bsize + ((await stat(ballastFile(folder)).catch(missing))?.size ?? 0)
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
  if ((await roomOn(folder)) < 2 * ballastSize) return false
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
  await giveToOwner(folder, partial)
  await rename(partial, path)
  return true
}
