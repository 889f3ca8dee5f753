import { sql } from 'kysely'
import { z } from 'zod'
import { conflict, missing } from '#kernel/errors.ts'
import { anyone, download } from '#kernel/operation.ts'
import { FILE_KINDS } from '../contract.ts'
import { seen } from '../seen.ts'
import { contentOf } from '../store.ts'

export const get = download('files.get', {
  title: '下载附件',
  input: z.object({ id: z.uuid() }),
  load: (ctx, { id }) => seen(ctx, id),
  may: anyone,
  run: async (ctx, _input, file) => {
    assertThere(file)
    return { fileName: file.name, type: FILE_KINDS[file.kind].mime, body: await contentOf(ctx.db, file.orgId, file.id) }
  },
})

export const thumbnail = download('files.thumbnail', {
  title: '看图片附件的小图',
  input: z.object({ id: z.uuid() }),
  load: (ctx, { id }) => seen(ctx, id),
  may: anyone,
  run: async (ctx, _input, file) => {
    assertThere(file)
    const { rows } = await sql<{ thumbnail: Buffer | null }>`
      select thumbnail from files.content where org_id = ${file.orgId} and file_id = ${file.id}`.execute(ctx.db)
    if (!rows[0]?.thumbnail) throw missing()
    return { fileName: `${file.name}.webp`, type: 'image/webp', body: rows[0].thumbnail }
  },
})

function assertThere({ removedAt, removedOn, removedWhy, name }: NonNullable<Awaited<ReturnType<typeof seen>>>) {
  if (removedAt) throw conflict('file-removed', `「${name}」已于 ${removedOn} 移除：${removedWhy}`)
}
