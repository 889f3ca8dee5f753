import { readFile } from 'node:fs/promises'
import { fingerprintOf, healthOf, readSchemeText } from '#modules/evaluation/published.ts'
import { refusal } from '#runtime/refusal.ts'
import { declared } from '../platform.ts'
import type { Command } from './command.ts'

export const scheme: Command = {
  title: '给一份考核方案做体检；矛盾只报告，不改动',
  usage: 'scheme check 文件 [--json]',
  options: {},
  async run({ positionals, out }) {
    const [what, file] = positionals
    if (what !== 'check' || !file) throw refusal('scheme-usage', '用法：scheme check 文件')
    const parsed = readSchemeText(await schemeText(file))
    const warnings = healthOf(parsed, declared)
    const document = { name: parsed.name, fingerprint: fingerprintOf(parsed), warnings }
    const lines = warnings.map((w) => `  ${w.place}（${w.code}）：${w.says}。${w.remedy}`)
    out.answer(
      document,
      [
        `${parsed.name}`,
        `指纹 ${document.fingerprint}`,
        warnings.length ? `体检提示 ${warnings.length} 条：` : '体检没有发现问题',
        ...lines,
      ].join('\n'),
    )
    return 0
  },
}

/** The text of a scheme: a file, or the name of one that comes with the product. */
export async function schemeText(file: string): Promise<string> {
  return readFile(file, 'utf8').catch((error) => {
    if (error.code !== 'ENOENT' || file.includes('/')) throw error
    return readFile(new URL(`../modules/evaluation/schemes/${file}`, import.meta.url), 'utf8')
  })
}
