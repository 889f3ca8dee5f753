import { createHash } from 'node:crypto'
import { fileTypeFromBuffer } from 'file-type'
import { sql } from 'kysely'
import { z } from 'zod'
import { conflict } from '#kernel/errors.ts'
import { newId } from '#kernel/id.ts'
import { type Ctx, command } from '#kernel/operation.ts'
import { orgSeen } from '#modules/organisation/published.ts'
import { findMarking, markingRefusal } from '#runtime/secretMarking.ts'
import { FILE_LIMIT, FileCard, type FileKind, LOOSE_DAYS, LOOSE_LIMIT } from '../contract.ts'
import { kindOf, refused } from '../kindOf.ts'
import { wordsInPdf } from '../pdfWords.ts'
import { place } from '../store.ts'
import { tables } from '../tables.ts'
import { thumbnailOf } from '../thumbnail.ts'
import { withoutPlace } from '../withoutPlace.ts'
import { WORDS_LIMIT, wordsIn } from '../wordsIn.ts'

export const send = command('files.send', {
  title: '上传附件',
  input: z.object({ orgId: z.uuid() }),
  output: FileCard,
  upload: FILE_LIMIT,
  load: (ctx, { orgId }) => orgSeen(ctx, orgId, 'files.send'),
  may: (actor, org) => actor.holds('files.send', org.path),
  prepare: async (ctx) => (ctx.actor.holdsAnywhere('files.send') === true ? prepared(ctx) : null),
  run: async (ctx, { orgId }, _org, prepared) => {
    const { row, words, thumbnail, placed } = prepared!
    await assertFewLoose(ctx)
    const id = newId()
    const sent = { org_id: orgId, id, ...row, sent_by: ctx.actor.personId ?? ctx.actor.accountId!, sent_at: ctx.now }
    await tables(ctx).insertInto('files.file').values(sent).execute()
    await tables(ctx)
      .insertInto('files.content')
      .values({ org_id: orgId, file_id: id, ...placed, words, thumbnail })
      .execute()
    return {
      id,
      name: row.name,
      kind: row.kind,
      bytes: row.bytes,
      at: ctx.now.toISOString(),
      by: ctx.actor.name,
      thumbnail: thumbnail !== null,
    }
  },
})

/** A file that was looked at, is fit to be kept, and lies where the unit keeps files. */
async function prepared(ctx: Ctx) {
  const { fileName, data: sent } = ctx.upload!
  const { pdf, thumbnail } = await opened(sent)
  const { words, data, ...row } = await read(fileName, sent, pdf)
  return { row, words, thumbnail, placed: await place(ctx.db, data, ctx.now) }
}

/** What takes its time and must not hold the database meanwhile: the words of a PDF, a picture in small. */
async function opened(data: Buffer): Promise<{ pdf: string; thumbnail: Buffer | null }> {
  const found = (await fileTypeFromBuffer(data))?.ext
  return {
    pdf: found === 'pdf' ? await wordsInPdf(data, WORDS_LIMIT) : '',
    thumbnail: found === 'jpg' || found === 'png' ? await thumbnailOf(data) : null,
  }
}

interface Read {
  name: string
  kind: FileKind
  bytes: number
  sha256: string
  data: Buffer
  words: string
}

/** Checks a file by its content and takes out of it what a picture tells of its maker; nothing is stored of a file that is refused. */
async function read(fileName: string, sent: Buffer, pdf: string): Promise<Read> {
  if (sent.length === 0) throw refused('文件是空的，请重新选择')
  const name = fileName
    .normalize('NFC')
    .replace(/^.*[\\/]/, '')
    .replaceAll(/\p{Cc}/gu, '')
    .trim()
    .slice(-200)
  const kind = await kindOf(name, sent)
  const data = withoutPlace(kind, sent)
  const words = (kind === 'pdf' ? pdf : await wordsIn(kind, data)).replaceAll('\0', '')
  const marking = findMarking(words)
  if (marking) throw refused(markingRefusal('文件', marking))
  return { name, kind, bytes: data.length, sha256: createHash('sha256').update(data).digest('hex'), data, words }
}

async function assertFewLoose(ctx: Ctx) {
  const { rows } = await sql<{ n: number }>`select count(*)::int as n from files.file
    where sent_by = ${ctx.actor.personId ?? ctx.actor.accountId} and subject is null
      and sent_at > ${ctx.now}::timestamptz - make_interval(days => ${LOOSE_DAYS})`.execute(ctx.db)
  if (rows[0]!.n >= LOOSE_LIMIT)
    throw conflict('too-many-loose', `你已上传 ${LOOSE_LIMIT} 个还没有存入记录的文件。请先把记录存好，再传新的文件`)
}
