import { refusal } from '#runtime/refusal.ts'
import { openInstallation } from '../installation.ts'
import type { Command } from './command.ts'

export const resetPassword: Command = {
  title: '给一个账号发重设密码的一次性码：三员都登不上时，在服务器上自救',
  usage: 'reset-password 工号或手机号 [--json]',
  options: {},
  async run({ place, positionals, out }) {
    const [login] = positionals
    if (!login) throw refusal('which-account', '请写明账号：工号或手机号')
    const installation = await openInstallation(place, { role: 'command', log: out.progress })
    try {
      const { items } = await installation.asConsole('identity.accounts', { text: login })
      const account = items.find((item) => item.login === login) ?? (items.length === 1 ? items[0] : undefined)
      if (!account) throw refusal('no-account', `没有找到账号 ${login}，请写完整的工号或手机号`)
      const input = { accountId: account.id, version: account.version, seenDocument: '在服务器上办理' }
      const { slip, until } = await installation.asConsole('identity.resetByPresence', input)
      await installation.sequencer.drain()
      const text = `${slip.name}（${slip.login}）的一次性码：${slip.code}\n24 小时内有效，只用一次；请当面交给本人。本人和三员都会看到这次重设`
      out.answer({ name: slip.name, login: slip.login, code: slip.code, until }, text)
    } finally {
      await installation.close()
    }
    return 0
  },
}
