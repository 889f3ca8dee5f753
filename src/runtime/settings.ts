import { readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { type DataFolder, missing } from './dataFolder.ts'
import { refusal } from './refusal.ts'

/** Where a unit's own settings lie in the data folder: `config/<name>.json`, written by people. */
export const settingsFile = ({ root }: Pick<DataFolder, 'root'>, name: string): string => join(root, 'config', `${name}.json`)

/**
 * The texts of one settings file by name; null when there is none. Refuses a file that is no JSON object of texts, lacks one of `needed`
 * or says something else than `needed` and `also`: a misspelt setting must not go unnoticed.
 */
export async function readSettings(
  folder: Pick<DataFolder, 'root'>,
  name: string,
  { needed, also = [] }: { needed: readonly string[]; also?: readonly string[] },
): Promise<Record<string, string> | null> {
  const path = settingsFile(folder, name)
  const written = await readFile(path, 'utf8').catch(missing)
  if (written === undefined) return null
  const stored = parse(written)
  if (!stored) throw refusal('bad-settings', `设置文件 ${path} 读不懂：应是一个 JSON 对象，每一项都是文字`)
  const lacking = needed.filter((key) => !stored[key])
  const unknown = Object.keys(stored).filter((key) => ![...needed, ...also].includes(key))
  if (lacking.length > 0) throw refusal('bad-settings', `设置文件 ${path} 缺少 ${lacking.join('、')}`)
  if (unknown.length > 0) throw refusal('bad-settings', `设置文件 ${path} 里有不认识的 ${unknown.join('、')}，请核对写法`)
  return stored
}

function parse(text: string): Record<string, string> | undefined {
  try {
    const stored: unknown = JSON.parse(text)
    const isTexts = stored !== null && typeof stored === 'object' && Object.values(stored).every((value) => typeof value === 'string')
    return isTexts && !Array.isArray(stored) ? (stored as Record<string, string>) : undefined
  } catch {
    return undefined
  }
}
