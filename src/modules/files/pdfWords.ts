import { Worker } from 'node:worker_threads'

const SECONDS = 10
const MEGABYTES = 256

/**
 * The text inside a PDF, at most `limit` characters; empty where none can be read (scanned, locked or broken). Read in a thread bounded
 * in time and memory: what was read until then is kept.
 */
export async function wordsInPdf(data: Buffer, limit: number): Promise<string> {
  const worker = new Worker(new URL('./pdfThread.ts', import.meta.url), {
    workerData: { data: new Uint8Array(data), limit },
    resourceLimits: { maxOldGenerationSizeMb: MEGABYTES },
    stdout: true,
    stderr: true,
  })
  const pages: string[] = []
  worker.on('message', (page: string) => pages.push(page))
  const end = setTimeout(() => void worker.terminate(), SECONDS * 1000)
  await new Promise<void>((ended) => {
    worker.on('error', () => ended())
    worker.on('exit', () => ended())
  })
  clearTimeout(end)
  return pages.join('\n').slice(0, limit)
}
