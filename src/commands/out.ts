/** Where a command writes: with --json standard output is one JSON document and nothing else. */
export interface Out {
  json: boolean
  /** Progress, always to standard error. */
  progress(line: string): void
  /** Why it was not done, to standard error. */
  reason(text: string): void
  /** The answer: the document with --json, else the text. */
  answer(document: unknown, text: string): void
}

export const Out = (json: boolean): Out => ({
  json,
  progress: (line) => void process.stderr.write(`${line}\n`),
  reason: (text) => void process.stderr.write(`${text}\n`),
  answer: (document, text) => void process.stdout.write(json ? `${JSON.stringify(document, null, 2)}\n` : `${text}\n`),
})
