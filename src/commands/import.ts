import { readFile } from 'node:fs/promises'
import { basename } from 'node:path'
import { refusal } from '#runtime/refusal.ts'
import { openInstallation } from '../installation.ts'
import type { Command } from './command.ts'

const kinds = { orgs: 'organisation.importOrgs', roster: 'members.importRoster', meetings: 'meetings.importLedger' } as const

interface Imported {
  new: number
  changed: number
  unchanged: number
  wrong: number
  warned: number
  skipped: number
  rows: { row: number; column: string; level: string; value: string; problem: string; remedy: string }[]
}

export const importCommand: Command = {
  title: '导入组织、花名册或会议台账；--dry-run 只核对，不写入',
  usage: 'import orgs|roster|meetings 文件 [--dry-run] [--json]',
  options: { 'dry-run': { type: 'boolean' } },
  async run({ place, values, positionals, out }) {
    const [kind, file] = positionals
    if (!kind || !(kind in kinds)) throw refusal('what-to-import', '请写明导入什么：orgs（组织）、roster（花名册）或 meetings（会议台账）')
    if (!file) throw refusal('which-file', '请写明要导入的文件')
    const data = await readFile(file)
    const installation = await openInstallation(place, { role: 'command', log: out.progress })
    try {
      const dryRun = values['dry-run'] === true
      out.progress(dryRun ? '正在核对…' : '正在导入…')
      const input = { dryRun } as never
      const result = (await installation.asConsole(kinds[kind as keyof typeof kinds] as never, input, {
        fileName: basename(file),
        data,
      })) as Imported
      if (!dryRun) await installation.sequencer.drain()
      out.answer(result, textOf(result, dryRun))
    } finally {
      await installation.close()
    }
    return 0
  },
}

function textOf(r: Imported, dryRun: boolean): string {
  const head = `${dryRun ? '核对结果（没有写入）' : '导入结果'}：新增 ${r.new}，变更 ${r.changed}，不变 ${r.unchanged}，有错 ${r.wrong}，有提示 ${r.warned}，跳过 ${r.skipped}`
  const rows = r.rows.map(
    (row) => `  第 ${row.row} 行 ${row.column}：${row.level === 'wrong' ? '有错' : '提示'}：${row.problem}。${row.remedy}`,
  )
  return [head, ...rows].join('\n')
}
