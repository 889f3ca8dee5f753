import { firstRunCode } from '#modules/identity/published.ts'
import { buildPage } from '#runtime/page.ts'
import { type Installation, openInstallation } from '../installation.ts'
import type { Command } from './command.ts'

export const serving = {
  port: { type: 'string' },
  host: { type: 'string' },
  'tls-cert': { type: 'string' },
  'tls-key': { type: 'string' },
  'behind-proxy': { type: 'string' },
} as const

export const start: Command = {
  title: '启动服务（首次启动会打印第一个系统管理员的激活码）',
  usage: 'start [--port N] [--host H] [--tls-cert F --tls-key F | --behind-proxy 地址]',
  options: serving,
  async run(given) {
    // Only a service needs the server, the jobs and what they rest on: other commands begin without them.
    const { serve } = await import('./serve.ts')
    await buildPage(given.out.progress)
    const installation = await openInstallation(given.place, { role: 'server', log: given.out.progress })
    try {
      await serve(installation, given, await greeting(installation))
    } finally {
      await installation.close()
    }
    return 0
  },
}

/** What to print when the service is up; before anybody has signed in, the code that makes the first 系统管理员. */
async function greeting({ database }: Installation): Promise<(address: string) => string> {
  const code = await firstRunCode(database.db)
  const first = code ? `\n首次使用：打开上面的地址，用一次性代码 ${code} 建立第一个系统管理员` : ''
  return (address) => `融建已启动：${address}${first}`
}
