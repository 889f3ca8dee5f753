import { execFile } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { access, mkdir, mkdtemp, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { delimiter, join, resolve } from 'node:path'
import { promisify } from 'node:util'
import { Actor } from '#kernel/actor.ts'
import { Refusal } from '#kernel/errors.ts'
import type { Module } from '#kernel/module.ts'
import type { Download } from '#kernel/operation.ts'
import { perform } from '#kernel/perform.ts'
import { openSpreadsheet } from '#runtime/sheets/read.ts'
import { xmlScanner } from '#runtime/sheets/xml.ts'
import { openArchive } from '#runtime/sheets/zip.ts'
import { playUnit } from '../demo/run.ts'
import { stageOn } from '../demo/stage.ts'
import { TODAY } from '../demo/unit.ts'
import { openInstallation } from '../installation.ts'
import { modules } from '../platform.ts'
import { NO_PAPERS, papersOf } from './officePapers.ts'

/**
 * Makes every paper of the product from the example unit, checks how each is built, and has LibreOffice open it where that is installed.
 * The files stay in the folder given (or `office-check`), to be looked at.
 */
async function checkOffice(into: string): Promise<number> {
  const folder = resolve(into)
  await mkdir(folder, { recursive: true })
  const office = await findOffice()
  const data = await mkdtemp(join(tmpdir(), 'rj-office-'))
  const clock = { now: new Date(`${TODAY}T09:00:00+08:00`) }
  const installation = await openInstallation({ data, databaseUrl: undefined }, { role: 'command', now: () => clock.now })
  const faults: string[] = []
  try {
    const { pipeline } = installation
    const stage = stageOn(pipeline, clock, () => installation.sequencer.drain())
    say('Playing the example unit (a minute or two) …')
    await playUnit(stage, {}, () => {})
    await installation.sequencer.drain()
    const listed = (modules as readonly Module[]).flatMap((m) => m.operations)
    const asked = await papersOf(pipeline.db, stage)
    const made = new Set(asked.map((a) => a.operation))
    const left = listed.filter(
      (o) => o.kind === 'download' && !made.has(o.name) && !NO_PAPERS.includes(o.name) && !BY_HAND.includes(o.name),
    )
    faults.push(...left.map((o) => `${o.name} (${o.title}) is not in src/testing/officePapers.ts`))
    for (const [n, { operation, input }] of asked.entries()) {
      const op = listed.find((o) => o.name === operation)!
      try {
        const file = (await perform(pipeline, op, { actor: everyone(), raw: input, requestId: randomUUID() })) as Download
        const bytes = await bytesOf(file)
        const path = join(folder, `${String(n + 1).padStart(2, '0')} ${file.fileName.replaceAll('/', '_')}`)
        await writeFile(path, bytes)
        const fault = (await faultOf(file.fileName, bytes)) ?? (office ? await notOpenedBy(office, path, folder) : undefined)
        say(`${fault ? 'WRONG' : 'ok   '}  ${operation}  ${file.fileName}${fault ? `: ${fault}` : ''}`)
        if (fault) faults.push(`${operation}: ${fault}`)
      } catch (error) {
        if (!(error instanceof Refusal)) throw error
        faults.push(`${operation}: ${error.message}`)
        say(`WRONG  ${operation}: ${error.message}`)
      }
    }
  } finally {
    await installation.close()
    await rm(data, { recursive: true, force: true })
  }
  say(
    office
      ? `Opened by ${office}. Look at the pictures it made: ${join(folder, 'opened')}`
      : `LibreOffice (soffice) was not found, so only the structure was checked. Open the files in ${folder} in Word, Excel or WPS and look: fonts, page margins, heads that repeat on the second page, merged heads, the place for signatures.`,
  )
  for (const fault of faults) say(`! ${fault}`)
  return faults.length === 0 ? 0 : 1
}

/** Papers that only a person with a share in them gets; they are looked at in their modules' tests. */
const BY_HAND = ['handover.paper', 'transfers.letter', 'transfers.receipt', 'evaluation.resultWorkbook']

const everywhere = (modules as readonly Module[]).flatMap((m) =>
  Object.keys(m.capabilities ?? {}).map((capability) => ({ capability, orgId: '', path: '/', subtree: true })),
)
const everyone = () => new Actor({ accountId: null, personId: null, name: '示例单位党群工作部', sessionId: null, grants: everywhere })

const say = (line: string) => process.stdout.write(`${line}\n`)

async function bytesOf({ body }: Download): Promise<Buffer> {
  const given = typeof body === 'function' ? await body() : body
  return Buffer.isBuffer(given) ? given : Buffer.concat(await given.toArray())
}

/** What is wrong with how a file is built; undefined when nothing is. */
async function faultOf(name: string, bytes: Buffer): Promise<string | undefined> {
  if (name.endsWith('.pdf')) {
    const whole = bytes.subarray(0, 5).toString() === '%PDF-' && bytes.subarray(-1024).includes('%%EOF')
    return whole ? undefined : 'not a whole PDF'
  }
  const archive = openArchive(bytes)
  for (const part of archive.names.filter((n) => /\.(xml|rels)$/.test(n))) {
    const open: string[] = []
    const close = (tag: string) => {
      if (open.pop() !== tag) throw new Error(`${part}: </${tag}> closes nothing`)
    }
    xmlScanner({ open: (tag) => void open.push(tag), text: () => {}, close }).push(await archive.text(part))
    if (open.length > 0) return `${part} does not end`
  }
  if (name.endsWith('.docx')) return (await archive.text('word/document.xml')).includes('<w:t') ? undefined : 'a document without a word'
  for (const sheet of (await openSpreadsheet(bytes)).sheets)
    for await (const row of sheet.rows()) if (row.cells.length > 0) return undefined
  return 'a workbook without a cell'
}

const run = promisify(execFile)

/** LibreOffice's own words when it makes no PDF of a file. */
async function notOpenedBy(office: string, path: string, folder: string): Promise<string | undefined> {
  const out = join(folder, 'opened')
  if (path.endsWith('.pdf')) return undefined
  const profile = `-env:UserInstallation=file://${join(folder, '.profile')}`
  const answer = await run(office, [profile, '--headless', '--convert-to', 'pdf', '--outdir', out, path], { timeout: 120_000 }).catch(
    (error: Error) => error,
  )
  const pdf = join(out, path.slice(folder.length + 1).replace(/\.\w+$/, '.pdf'))
  const size = await stat(pdf).then(
    (s) => s.size,
    () => 0,
  )
  if (size > 1000) return undefined
  return `LibreOffice did not open it: ${answer instanceof Error ? answer.message : answer.stderr}`
}

async function findOffice(): Promise<string | undefined> {
  const places = [
    ...(process.env.PATH ?? '').split(delimiter),
    '/usr/bin',
    '/opt/libreoffice/program',
    '/Applications/LibreOffice.app/Contents/MacOS',
  ]
  for (const place of places)
    for (const name of ['soffice', 'libreoffice', 'soffice.exe']) {
      const path = join(place, name)
      if (
        await access(path).then(
          () => true,
          () => false,
        )
      )
        return path
    }
  return undefined
}

process.exitCode = await checkOffice(process.argv[2] ?? 'office-check')
