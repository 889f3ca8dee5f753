import { xlsxBuffer } from '#runtime/sheets/write.ts'
import type { Slip } from './officersContract.ts'

const day = new Intl.DateTimeFormat('zh-CN', { timeZone: 'Asia/Shanghai', dateStyle: 'long' })

/** The slips as an .xlsx file, one line a person. */
export const slipSheet = (title: string, slips: readonly Slip[], until: Date): Promise<Buffer> =>
  xlsxBuffer([
    {
      name: '开通条',
      title,
      columns: [
        { title: '姓名', width: 12 },
        { title: '组织', width: 30 },
        { title: '账号', width: 18 },
        { title: '一次性开通码', width: 20 },
        { title: '有效期至', width: 16 },
      ],
      rows: slips.map(({ name, orgName, login, code }) => [name, orgName ?? '', login, code, day.format(until)]),
      footer: ['每个码只能用一次，请当面交给本人；发完请删去这个文件。'],
    },
  ])
