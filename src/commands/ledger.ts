import { databaseSource } from '#ledger/databaseSource.ts'
import { exportLedger, fileSource } from '#ledger/exportFile.ts'
import type { LedgerSource } from '#ledger/source.ts'
import { type VerifyReport, verifyLedger } from '#ledger/verify.ts'
import { refusal } from '#runtime/refusal.ts'
import { type Installation, openInstallation } from '../installation.ts'
import { type Command, textOf } from './command.ts'

export const verifyCommand: Command = {
  title: '校验账本：从数据库，或从导出的文件；--head 核对纸上的树头编码',
  usage: 'verify [文件] [--head 编码] [--json]',
  options: { head: { type: 'string' } },
  async run({ place, values, positionals, out }) {
    const codes = [textOf(values.head)].filter((c) => c !== undefined)
    const onProgress = (n: number) => out.progress(`已核对 ${n} 条`)
    const [file] = positionals
    const report = file
      ? await closing(await fileSource(file), (source) => verifyLedger(source, { codes, onProgress }))
      : await withInstallation(place, out.progress, (i) => verifyHere(i, { codes, onProgress }))
    out.answer(report, textOfReport(report))
    return report.ok ? 0 : 1
  },
}

/** Verifies the ledger of an open installation against every head it remembers. */
export async function verifyHere(
  installation: Installation,
  more: { codes?: readonly string[]; onProgress?: (n: number) => void } = {},
): Promise<VerifyReport> {
  const { owner, trust, folder } = installation
  return closing(await databaseSource(owner), (source) => verifyLedger(source, { trust, heads: folder.heads, ...more }))
}

export const exportCommand: Command = {
  title: '导出账本，供离线校验',
  usage: 'export ledger 文件',
  options: {},
  async run({ place, positionals, out }) {
    const [what, file] = positionals
    if (what !== 'ledger' || !file) throw refusal('export-usage', '用法：export ledger 文件')
    const facts = await withInstallation(place, out.progress, async ({ owner, trust, sequencer }) => {
      await sequencer.drain()
      return closing(await databaseSource(owner), (source) => exportLedger(source, trust, file))
    })
    out.answer({ facts, file }, `已导出 ${facts} 条实绩到 ${file}；可用 verify ${file} 离线校验`)
    return 0
  },
}

const closing = <T>(source: LedgerSource, use: (source: LedgerSource) => Promise<T>) => use(source).finally(source.close)

async function withInstallation<T>(
  place: Parameters<typeof openInstallation>[0],
  log: (line: string) => void,
  run: (i: Installation) => Promise<T>,
): Promise<T> {
  const installation = await openInstallation(place, { role: 'command', log })
  try {
    return await run(installation)
  } finally {
    await installation.close()
  }
}

function textOfReport(report: VerifyReport): string {
  const head = report.ok
    ? `账本完好：${report.size} 条实绩，与记下的 ${report.heads} 个树头一致`
    : `账本有问题，第一处：${report.findings[0]?.says}`
  return [head, ...report.findings.slice(1).map((f) => `  ${f.says}`), ...report.remarks].join('\n')
}
