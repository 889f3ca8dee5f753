import { z } from 'zod'
import { IMPORT_LIMIT, type ImportOptions, ImportResult, problemSheet, XLSX } from './importing.ts'
import { askIn, followImport, importJob } from './importJobs.ts'
import { type Ctx, command, download, query } from './operation.ts'

/** What is to be imported, where it is called, who may, and the function that reads the file and stores it. */
export interface ImportSpec<M extends string, R extends string> {
  module: M
  /** The operation that takes the file, e.g. importRoster. */
  run: R
  /** What the file is, in Chinese: 花名册. */
  what: string
  capability: string
  importFile: (ctx: Ctx, file: Uint8Array, options: ImportOptions) => Promise<ImportResult>
}

const Job = z.object({ jobId: z.uuid() })

/** The three operations of an import: taking the file, saying how far it is and what it asks, handing out the rows to look at. */
export function importOperations<const M extends string, const R extends string>(spec: ImportSpec<M, R>) {
  const { module, run, what, capability, importFile } = spec
  return [
    command(`${module}.${run}`, {
      title: `导入${what}`,
      input: z.object({
        dryRun: z.boolean(),
        /** Made by the page, to ask for progress under. */
        jobId: z.uuid().optional(),
        /** What a person answered to what an earlier reading asked: the key of the question, and the choice. */
        answers: z
          .array(z.strictObject({ key: z.string().max(300), choice: z.string().max(100) }))
          .max(5000)
          .default([]),
      }),
      output: ImportResult,
      upload: IMPORT_LIMIT,
      // The answer repeats cells of the file.
      secret: true,
      may: (actor) => actor.holdsAnywhere(capability),
      run: async (ctx, { dryRun, jobId, answers }) => {
        const job = followImport(jobId, ctx.actor.accountId)
        job.result = await importFile(ctx, ctx.upload!.data, {
          dryRun,
          onProgress: (rows) => {
            job.rows = rows
          },
          answers: new Map(answers.map(({ key, choice }) => [key, choice])),
          onAsk: (ask) => askIn(job, ask),
        })
        return job.result
      },
    }),
    query(`${module}.importState`, {
      title: `看${what}的导入进度`,
      input: Job,
      output: z.object({
        /** Rows read so far. */
        rows: z.int(),
        done: z.boolean(),
        asks: z.array(
          z.object({
            key: z.string(),
            kind: z.enum(['org', 'unit', 'post']),
            says: z.string(),
            rows: z.int(),
            choices: z.array(z.object({ id: z.string(), name: z.string() })),
          }),
        ),
      }),
      load: async (ctx, { jobId }) => importJob(jobId, ctx.actor.accountId),
      may: (actor) => actor.holdsAnywhere(capability),
      run: async (_ctx, _input, { rows, result, asks }) => ({ rows, done: result !== null, asks: [...asks.values()] }),
    }),
    download(`${module}.importProblems`, {
      title: `下载${what}导入中需要核对的行`,
      input: Job,
      load: async (ctx, { jobId }) => importJob(jobId, ctx.actor.accountId)?.result ?? undefined,
      may: (actor) => actor.holdsAnywhere(capability),
      run: async (_ctx, _input, result) => ({ fileName: `${what}导入-需要核对.xlsx`, type: XLSX, body: await problemSheet(result.rows) }),
    }),
  ] as const
}
