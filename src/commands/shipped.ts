import { readdir, readFile } from 'node:fs/promises'
import { fingerprintOf, readSchemeText } from '#modules/evaluation/published.ts'

const folder = new URL('../modules/evaluation/schemes/', import.meta.url)

/** The text of the scheme that comes with the product and has this fingerprint, or undefined. */
export async function shippedWithFingerprint(fingerprint: string): Promise<string | undefined> {
  for (const file of (await readdir(folder)).filter((f) => f.endsWith('.yaml')).sort()) {
    const text = await readFile(new URL(file, folder), 'utf8')
    if (fingerprintOf(readSchemeText(text)) === fingerprint) return text
  }
  return undefined
}
