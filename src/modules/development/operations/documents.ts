import { z } from 'zod'
import { download } from '#kernel/operation.ts'
import { headCode } from '#ledger/headCode.ts'
import { headNow } from '#ledger/reading.ts'
import { fullRecordDocument } from '../documents/fullRecord.ts'
import { seen } from '../store.ts'
import { courseView } from './get.ts'

const WORD = 'application/vnd.openxmlformats-officedocument.wordprocessingml.document'

export const fullRecord = download('development.fullRecord', {
  title: '下载发展党员全程纪实（Word）',
  input: z.object({ id: z.uuid() }),
  load: seen,
  may: (actor, c) => actor.holds('development.read', c.path),
  run: async (ctx, _input, row) => {
    const head = await headNow(ctx.db)
    const ledger = head ? `账本高度 ${head.size}，头码 ${headCode(head)}。` : '账本还没有签出的头码。'
    return {
      fileName: `${row.person}发展党员全程纪实.docx`,
      type: WORD,
      body: await fullRecordDocument(await courseView(ctx, row), ledger),
    }
  },
})
