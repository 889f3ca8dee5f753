import { invalid } from '#kernel/errors.ts'
import { type Finding, found } from './findings.ts'
import { readHeadCode } from './headCode.ts'
import { type LeafFile, leafFiles, readHeads } from './headsFolder.ts'
import { headText, type SignedHead } from './proof.ts'
import { signatureOf, type Trust } from './signing.ts'
import type { LedgerSource } from './source.ts'
import { type Epoch, epochText } from './store.ts'

/** A head that the ledger must reproduce at its size. */
export interface Known {
  size: number
  /** For sentences: 账本的树头表, heads 文件夹, 纸面代码 …. */
  source: string
  signedAt: string | null
  fits: (root: string) => boolean
}

export interface KnownHeads {
  /** By size. */
  known: Known[]
  /** Heads of a history that two officers declared lost. */
  abandoned: SignedHead[]
  /** Heads of the folder that the ledger's own table lacks. */
  unstored: SignedHead[]
  epochs: Epoch[]
  /** The last number of an epoch that still counts. */
  limitOf: (epoch: number) => number
  findings: Finding[]
  /** Lines of the folder that cannot be read. */
  damaged: number
}

/** What the folder holds. To be read before the ledger is: a ledger in use is always ahead of its folder, never behind. */
export interface Outside {
  heads: SignedHead[]
  damaged: number
  leaves: LeafFile[]
}

export const readOutside = async (folder: string | undefined): Promise<Outside> =>
  folder ? { ...(await readHeads(folder)), leaves: await leafFiles(folder) } : { heads: [], damaged: 0, leaves: [] }

/** Gathers every head anyone remembers, drops those nobody trusted signed, and sets aside what an epoch declared lost. */
export async function knownHeads(source: LedgerSource, trust: Trust, outside: Outside, codes: readonly string[]): Promise<KnownHeads> {
  const findings: Finding[] = []
  const inTable = await source.heads()
  const { heads: inFolder, damaged } = outside
  const epochs = (await source.epochs()).filter((epoch) => isSigned(epoch, trust, findings))
  const limitOf = (epoch: number) => Math.min(Number.POSITIVE_INFINITY, ...epochs.filter((e) => e.epoch > epoch).map((e) => e.fromSize))

  const seen = new Set<string>()
  const good = (heads: readonly SignedHead[], name: string) =>
    heads.filter((head) => {
      const key = `${head.epoch}/${head.size}/${head.root}/${head.signature}`
      if (seen.has(key)) return false
      const finding = signatureFinding(head, trust, name)
      if (finding) findings.push(finding)
      else seen.add(key)
      return !finding
    })
  const trusted = [
    ...good(inTable, '账本的树头表').map((head) => ({ head, source: '账本的树头表' })),
    ...good(inFolder, 'heads 文件夹').map((head) => ({ head, source: 'heads 文件夹' })),
  ]
  const abandoned = trusted.filter(({ head }) => head.size > limitOf(head.epoch)).map(({ head }) => head)
  const counting = trusted.filter(({ head }) => head.size <= limitOf(head.epoch))

  const stored = new Set(inTable.map((head) => `${head.epoch}/${head.size}`))
  const unstored = counting.filter(({ head }) => !stored.has(`${head.epoch}/${head.size}`)).map(({ head }) => head)

  const papers = codes.map((code) => fromPaper(code, abandoned))
  const known = [
    ...counting.map(
      ({ head, source }): Known => ({ size: head.size, source, signedAt: head.signedAt, fits: (root) => root === head.root }),
    ),
    ...papers.filter(({ isAbandoned }) => !isAbandoned).map(({ known }) => known),
  ]
  return { known: known.sort((a, b) => a.size - b.size), abandoned, unstored, epochs, limitOf, findings, damaged }
}

function signatureFinding(head: SignedHead, trust: Trust, source: string): Finding | undefined {
  const signature = signatureOf(trust, head.keyId, headText(head), head.signature)
  if (signature === 'stranger') return found.stranger(head.size, head.keyId, source)
  return signature === 'bad' ? found.forged(head.size, source) : undefined
}

function isSigned(epoch: Epoch, trust: Trust, findings: Finding[]): boolean {
  const signature = signatureOf(trust, epoch.keyId, epochText(epoch), epoch.signature)
  if (signature !== 'good') findings.push(found.epoch(epoch.epoch, '签名不是本系统的'))
  else if (epoch.officers[0] === epoch.officers[1]) findings.push(found.epoch(epoch.epoch, '两名签署人是同一个人'))
  else return true
  return false
}

function fromPaper(code: string, abandoned: readonly SignedHead[]): { known: Known; isAbandoned: boolean } {
  const read = readHeadCode(code)
  if (!read) throw invalid('bad-head-code', `树头代码「${code}」有错字。请对照纸面逐字再输一次，共 24 个字母数字。`)
  return {
    known: { size: read.size, source: '纸面代码', signedAt: null, fits: read.matches },
    isAbandoned: abandoned.some((head) => head.size === read.size && read.matches(head.root)),
  }
}
