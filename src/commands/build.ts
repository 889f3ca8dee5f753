import { buildPage } from '#runtime/page.ts'
import type { Command } from './command.ts'

export const build: Command = {
  title: '生成网页文件；demo、start 会在需要时自动生成',
  usage: 'build',
  options: {},
  async run({ out }) {
    const seconds = await buildPage(out.progress)
    out.answer({ seconds }, seconds > 0 ? `网页文件已生成，用时 ${seconds.toFixed(1)} 秒` : '网页文件已是最新')
    return 0
  },
}
