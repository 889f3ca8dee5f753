import { readFileSync } from 'node:fs'
import { createRequire } from 'node:module'
import { NodeCompiler } from '@myriaddreamin/typst-ts-node-compiler'

/**
 * The process that sets type. It is a process and not a thread because native code cannot be stopped in a thread: what takes too long or
 * too much memory is ended from outside and takes nothing with it. It gets data, never markup; the one template imports and reads nothing.
 */
const template = readFileSync(new URL('./page.typ', import.meta.url), 'utf8')
const fonts = createRequire(import.meta.url)
  .resolve('@embedpdf/fonts-sc')
  .replace(/dist.index\.c?js$/, 'fonts/')
const compiler = NodeCompiler.create({
  // A folder that does not exist: even a template that asked for a file would find none.
  workspace: '/nowhere',
  fontArgs: [{ fontBlobs: ['Regular', 'Bold'].map((weight) => readFileSync(`${fonts}NotoSansHans-${weight}.otf`)) }],
})

export type Asked = { id: number; plan: string; pages: number }
export type Answer = { id: number; pdf?: Buffer; pages?: number; wrong?: string }

process.on('message', ({ id, plan, pages }: Asked) => {
  process.send!(set(id, plan, pages))
})
// Without its parent it has nothing to do.
process.on('disconnect', () => process.exit())

function set(id: number, plan: string, pages: number): Answer {
  try {
    const compiled = compiler.compile({ mainFileContent: template, inputs: { plan } })
    const wrong = compiled.takeError()
    if (wrong) return { id, wrong: JSON.stringify(compiler.fetchDiagnostics(wrong)) }
    const document = compiled.result!
    if (document.numOfPages > pages) return { id, pages: document.numOfPages }
    return { id, pages: document.numOfPages, pdf: compiler.pdf(document) }
  } finally {
    compiler.evictCache(1)
  }
}
