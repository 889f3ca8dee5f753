import { z } from 'zod'
import { IMPORT_LIMIT, ImportResult, problemSheet, XLSX } from '#kernel/importing.ts'
import { followImport, importJob, progressOf } from '#kernel/importJobs.ts'
import { command, download, query } from '#kernel/operation.ts'
import { importMeetings } from '../import/importMeetings.ts'

export const importLedger = command('meetings.importLedger', {
  title: '导入会议台账',
  input: z.object({
    dryRun: z.boolean(),
    /** Made by the page, to ask for progress under. */
    jobId: z.uuid().optional(),
    /** What a person confirmed: a name as written in the file, and the organisation it means. */
    branches: z
      .array(z.strictObject({ written: z.string().max(200), orgId: z.uuid() }))
      .max(500)
      .default([]),
  }),
  output: ImportResult,
  upload: IMPORT_LIMIT,
  // The answer repeats cells of the file.
  secret: true,
  may: (actor) => actor.holdsAnywhere('meetings.import'),
  run: async (ctx, { dryRun, jobId, branches }) => {
    const job = followImport(jobId, ctx.actor.accountId)
    job.result = await importMeetings(ctx, ctx.upload!.data, {
      dryRun,
      onProgress: progressOf(job),
      confirmed: new Map(branches.map(({ written, orgId }) => [written, orgId])),
      onAsk: (written, proposals) => {
        const ask = job.asks.find((a) => a.written === written)
        if (ask) ask.rows++
        else job.asks.push({ written, rows: 1, proposals })
      },
    })
    return job.result
  },
})

export const importState = query('meetings.importState', {
  title: '看会议台账导入进度',
  input: z.object({ jobId: z.uuid() }),
  output: z.object({
    /** Rows read so far. */
    rows: z.int(),
    done: z.boolean(),
    asks: z.array(z.object({ written: z.string(), rows: z.int(), proposals: z.array(z.object({ id: z.string(), name: z.string() })) })),
  }),
  load: async (ctx, { jobId }) => importJob(jobId, ctx.actor.accountId),
  may: (actor) => actor.holdsAnywhere('meetings.import'),
  run: async (_ctx, _input, { rows, result, asks }) => ({ rows, done: result !== null, asks }),
})

export const importProblems = download('meetings.importProblems', {
  title: '下载会议台账导入中需要核对的行',
  input: z.object({ jobId: z.uuid() }),
  load: async (ctx, { jobId }) => importJob(jobId, ctx.actor.accountId)?.result ?? undefined,
  may: (actor) => actor.holdsAnywhere('meetings.import'),
  run: async (_ctx, _input, result) => ({ fileName: '会议台账导入-需要核对.xlsx', type: XLSX, body: await problemSheet(result.rows) }),
})
