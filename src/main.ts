import { parseArgs } from 'node:util'
import { Out } from './commands/out.ts'
import { reasonOf } from './commands/reason.ts'
import { commands } from './commands/table.ts'

/** The `rongjian` command: the first word names the command, the rest are its arguments. */
async function main(argv: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = argv
  const command = commands[name]
  const json = rest.includes('--json')
  const out = Out(json)
  if (!command) {
    out.reason(name === 'help' ? usage() : `没有 ${name} 这个命令\n\n${usage()}`)
    return name === 'help' ? 0 : 1
  }
  try {
    const { values, positionals } = parseArgs({ args: rest, options: { ...common, ...command.options }, allowPositionals: true })
    const data = String(values.data ?? process.env.RONGJIAN_DATA ?? 'data')
    const place = { data, databaseUrl: process.env.DATABASE_URL }
    return (await command.run({ place, values, positionals, out })) ?? 0
  } catch (error) {
    out.reason(reasonOf(error, command.usage))
    return 1
  }
}

const common = { data: { type: 'string' }, json: { type: 'boolean' } } as const

const usage = () =>
  [
    '融建：国有企业党建工作平台',
    '',
    ...Object.values(commands).map((c) => `  ${c.usage}\n      ${c.title}`),
    '',
    '所有命令都可加 --data 数据文件夹（默认 data）；设置 DATABASE_URL 时使用该数据库。',
  ].join('\n')

process.exitCode = await main(process.argv.slice(2))
if (process.exitCode !== 0) setTimeout(() => process.exit(), 2000).unref()
