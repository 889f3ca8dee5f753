import { z } from 'zod'
import { download } from '#kernel/operation.ts'
import { Format, printed } from '#kernel/printing.ts'
import { headCode } from '#ledger/headCode.ts'
import { headNow } from '#ledger/reading.ts'
import { fullRecordPaper } from '../documents/fullRecord.ts'
import { seen } from '../store.ts'
import { courseView } from './get.ts'

export const fullRecord = download('development.fullRecord', {
  title: '下载发展党员全程纪实（Word、PDF）',
  input: z.object({ id: z.uuid(), format: Format }),
  load: seen,
  may: (actor, c) => actor.holds('development.read', c.path),
  run: async (ctx, { format }, row) => {
    const head = await headNow(ctx.db)
    const ledger = head ? `账本高度 ${head.size}，头码 ${headCode(head)}。` : '账本还没有签出的头码。'
    return printed(fullRecordPaper(await courseView(ctx, row), ledger), `${row.person}发展党员全程纪实`, format)
  },
})
