import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, missing } from '#kernel/errors.ts'
import { anyone, download } from '#kernel/operation.ts'
import { FILE_KINDS } from '../contract.ts'
import { seen } from '../seen.ts'

export const get = download('files.get', {
  title: '下载附件',
  input: z.object({ id: z.uuid() }),
  load: (ctx, { id }) => seen(ctx, id),
  may: anyone,
  run: async (ctx, _input, file) => {
    if (file.removedAt) throw conflict('file-removed', `「${file.name}」已于 ${file.removedOn} 移除：${file.removedWhy}`)
    const { rows } = await sql<{ bytes: Buffer }>`
      select bytes from files.content where org_id = ${file.orgId} and file_id = ${file.id}`.execute(ctx.db)
    if (!rows[0]) throw missing()
    return { fileName: file.name, type: FILE_KINDS[file.kind].mime, body: rows[0].bytes }
  },
})
