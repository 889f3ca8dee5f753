import fc from 'fast-check'
import { extractText, getDocumentProxy } from 'unpdf'
import { expect, test } from 'vitest'
import { heading, labelled, type PaperPlan, text } from './document.ts'
import { paperPdf } from './pdf.ts'
import { paperWord } from './word.ts'

const paper = (more: Partial<PaperPlan> = {}): PaperPlan => ({ title: '支部工作手册', blocks: [], notes: [], ...more })

const readBack = async (pdf: Buffer) => {
  const { text: pages, totalPages } = await extractText(await getDocumentProxy(new Uint8Array(pdf)))
  return { pages, totalPages, all: pages.join('\n').replace(/[\s\u200b]/g, '') }
}

test('a paper is set on A4 with its title, headings, tables with repeated heads, page numbers and the line about fonts', async () => {
  const rows = Array.from({ length: 120 }, (_, i) => [String(i + 1), '王某某', '支委会'])
  const pdf = await paperPdf(
    paper({
      subtitle: '机电队党支部',
      blocks: [
        heading(1, '一、基本情况'),
        labelled('书记', '王某某'),
        text('各支部：', { flush: true }),
        { kind: 'table', heads: ['序号', '姓名', '会议'], rows },
        { kind: 'signed', lines: ['机电队党支部', '2026年9月18日'] },
      ],
    }),
  )
  const { all, pages, totalPages } = await readBack(pdf)
  for (const said of ['支部工作手册', '一、基本情况', '书记：王某某', '120', '2026年9月18日', '思源黑体', '—2—'])
    expect(all).toContain(said)
  expect(totalPages).toBeGreaterThan(2)
  expect(pages.slice(0, 3).every((page) => page.includes('姓名'))).toBe(true)
  const [page] = [await (await getDocumentProxy(new Uint8Array(pdf))).getPage(1)]
  expect(page.getViewport({ scale: 1 })).toMatchObject({ width: expect.closeTo(595.3, 0), height: expect.closeTo(841.9, 0) })
})

test('what looks like markup, code or a file is printed as it was written', async () => {
  const tried = [
    '#read("/etc/hostname")',
    '$x^2$ *b* _i_ <l> @ref',
    '#import "@preview/a:1.0.0"',
    '\\u{41} ] [ } {',
    '= 标题 // 注释 `raw`',
  ]
  const { all } = await readBack(await paperPdf(paper({ title: tried[0]!, blocks: tried.map((words) => text(words)) })))
  for (const words of tried) expect(all).toContain(words.replace(/\s/g, ''))
})

test('any text at all can be set, in every place', async () => {
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'grapheme', maxLength: 60 }), async (words) => {
      const pdf = await paperPdf(
        paper({ title: words, blocks: [heading(2, words), labelled(words, words), { kind: 'table', heads: [words], rows: [[words]] }] }),
      )
      expect(pdf.subarray(0, 5).toString()).toBe('%PDF-')
    }),
    { numRuns: 60 },
  )
}, 30_000)

test('a paper with too many pages, too many characters or too long a time is refused in words, and the next one is set', async () => {
  const long = paper({ blocks: Array.from({ length: 400 }, () => text('全体党员'.repeat(40))) })
  await expect(paperPdf(long, { pages: 3 })).rejects.toMatchObject({ code: 'paper-too-long' })
  await expect(paperPdf(long, { characters: 1_000 })).rejects.toMatchObject({ code: 'paper-too-long' })
  await expect(paperPdf(long, { seconds: 0.001 })).rejects.toMatchObject({
    code: 'paper-too-long',
    message: expect.stringContaining('缩短'),
  })
  await expect(paperPdf(long, { waiting: 0 })).rejects.toMatchObject({ code: 'printing-busy' })
  expect((await paperPdf(paper())).length).toBeGreaterThan(1_000)
})

test('the same description is a Word document with named fonts, on its side when it is wide', async () => {
  const word = await paperWord(
    paper({ wide: true, book: true, blocks: [heading(0, '一、会议'), { kind: 'table', heads: ['a'], rows: [['b']] }] }),
  )
  expect(word.subarray(0, 2).toString()).toBe('PK')
})
