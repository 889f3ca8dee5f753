import { parentPort, workerData } from 'node:worker_threads'
import { getDocumentProxy } from 'unpdf'

/** The thread of `wordsInPdf`: says the text page by page, so that what was read before time is up is kept. */
const { data, limit } = workerData as { data: Uint8Array; limit: number }
const pdf = await getDocumentProxy(data, { verbosity: 0 })
let said = 0
for (let n = 1; n <= pdf.numPages && said < limit; n++) {
  const page = await pdf.getPage(n)
  const { items } = await page.getTextContent()
  const text = items.map((item) => ('str' in item ? `${item.str}${item.hasEOL ? '\n' : ''}` : '')).join('')
  said += text.length
  parentPort!.postMessage(text)
  page.cleanup()
}
