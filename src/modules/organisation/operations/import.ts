import { z } from 'zod'
import { IMPORT_LIMIT, ImportResult, problemSheet, XLSX } from '#kernel/importing.ts'
import { followImport, importJob, progressOf } from '#kernel/importJobs.ts'
import { command, download } from '#kernel/operation.ts'
import { importOrgs } from '../import/importOrgs.ts'

export const importOrgsOperation = command('organisation.importOrgs', {
  title: '导入党组织',
  input: z.object({ dryRun: z.boolean(), jobId: z.uuid().optional() }),
  output: ImportResult,
  upload: IMPORT_LIMIT,
  // The answer repeats cells of the file.
  secret: true,
  may: (actor) => actor.holdsAnywhere('organisation.manage'),
  run: async (ctx, { dryRun, jobId }) => {
    const job = followImport(jobId, ctx.actor.accountId)
    job.result = await importOrgs(ctx, ctx.upload!.data, { dryRun, onProgress: progressOf(job) })
    return job.result
  },
})

export const importProblems = download('organisation.importProblems', {
  title: '下载党组织导入中需要核对的行',
  input: z.object({ jobId: z.uuid() }),
  load: async (ctx, { jobId }) => importJob(jobId, ctx.actor.accountId)?.result ?? undefined,
  may: (actor) => actor.holdsAnywhere('organisation.manage'),
  run: async (_ctx, _input, result) => ({ fileName: '党组织导入-需要核对.xlsx', type: XLSX, body: await problemSheet(result.rows) }),
})
