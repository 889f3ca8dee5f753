import { diagnose } from '#runtime/doctor.ts'
import { openInstallation } from '../installation.ts'
import { type Command, textOf } from './command.ts'

const marks = { ok: '✓', warn: '！', bad: '✗' } as const

export const doctor: Command = {
  title: '检查安装：机器、文件夹、密钥、数据库、备份；只看，不改',
  usage: 'doctor [--tls-cert 证书] [--json]',
  options: { 'tls-cert': { type: 'string' } },
  async run({ place, values, out }) {
    const installation = await openInstallation(place, { role: 'command', log: out.progress })
    try {
      const tlsCert = textOf(values['tls-cert'])
      const checks = await diagnose({ folder: installation.folder, owner: installation.owner, ...(tlsCert ? { tlsCert } : {}) })
      const lines = checks.map((c) => `${marks[c.level]} ${c.name}：${c.says}${c.remedy ? `\n    ${c.remedy}` : ''}`)
      out.answer({ checks }, lines.join('\n'))
      return checks.some((c) => c.level === 'bad') ? 1 : 0
    } finally {
      await installation.close()
    }
  },
}
