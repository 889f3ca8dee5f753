import { isDeepStrictEqual } from 'node:util'
import { byPlace, type Finding, found, nameOf } from './findings.ts'
import { type Known, type KnownHeads, knownHeads, readOutside } from './knownHeads.ts'
import { leafHash } from './leaf.ts'
import { type RememberedLeaves, rememberedLeaves } from './rememberedLeaves.ts'
import { type Trust, trustIn } from './signing.ts'
import type { FoundEntry, LedgerSource, Rest } from './source.ts'
import { type Epoch, openingOf } from './store.ts'
import { append, type Frontier, rootOf } from './tree.ts'

export interface VerifyOptions {
  /** Whose signatures count; the keys inside an exported file when left out. */
  trust?: Trust
  /** The `heads/` folder. */
  heads?: string
  /** Heads from paper. */
  codes?: readonly string[]
  /** Told every few thousand facts. */
  onProgress?: (n: number) => void
}

export interface VerifyReport {
  ok: boolean
  /** Numbered facts. */
  size: number
  root: string
  /** Facts that wait for their number. */
  waiting: number
  /** Heads that were reproduced. */
  heads: number
  epochs: Epoch[]
  /** Facts by number, then the rest; 100 at most. */
  findings: Finding[]
  /** What is no fault, but should be known; Chinese. */
  remarks: string[]
}

/** Examines a whole ledger against every head anyone remembers and names what is wrong, the first place first. */
export async function verifyLedger(source: LedgerSource, options: VerifyOptions = {}): Promise<VerifyReport> {
  const trust = options.trust ?? trustIn(source.publicKeys)
  const outside = await readOutside(options.heads)
  const heads = await knownHeads(source, trust, outside, options.codes ?? [])
  const memory = rememberedLeaves(outside.leaves, heads.limitOf)
  try {
    const walk = walking(heads.known, memory, await source.nodes())
    for await (const entries of source.entries()) {
      for (const entry of entries) walk.step(entry)
      options.onProgress?.(entries.at(-1)!.n)
    }
    const rest = await source.rest()
    const unstored = heads.unstored.find((head) => head.size <= walk.size())
    const findings = [
      ...heads.findings,
      ...walk.finish(rest),
      ...unopened(heads.epochs, walk.openings, rest),
      ...(unstored ? [found.headLost(unstored.size)] : []),
    ]
    findings.sort(byPlace)
    return {
      ok: findings.length === 0,
      size: walk.size(),
      root: walk.root(),
      waiting: rest.waiting,
      heads: walk.reproduced(),
      epochs: heads.epochs,
      findings: findings.slice(0, 100),
      remarks: [...walk.remarks(), ...remarksOf(heads), ...(options.trust ? [] : strangersKeys(trust))],
    }
  } finally {
    memory.close()
  }
}

/** Walks along the entries, grows the tree and compares it with each known head as it passes its size. */
function walking(known: readonly Known[], memory: RememberedLeaves, nodes: ReadonlyMap<string, string> | undefined) {
  const tree: Frontier = { size: 0, peaks: [] }
  const findings: Finding[] = []
  const removed = new Map<string, number>()
  const openings: Opening[] = []
  const late = { count: 0, first: 0 }
  let [expected, good, reproduced, nextHead] = [1, 0, 0, 0]
  let signedAt = ''
  let [broken, ignoreMemory] = [false, false]
  let suspect: Suspect | undefined

  const report = (finding: Finding) => {
    if (findings.length < 1000) findings.push(finding)
  }

  const grow = (leaf: string) =>
    append(tree, leaf, ({ level, at, hash }) => {
      if (nodes && findings.length === 0 && nodes.get(`${level}/${at}`) !== hash) report(found.node(`${level}/${at}`))
    })

  const skipTo = (n: number) => {
    report(found.gap({ n: expected, id: null, kind: null }))
    for (; expected < n && !broken; expected++) {
      const leaf = memory.at(expected)
      if (leaf) grow(leaf)
      else broken = true
    }
    expected = n
  }

  const step = (entry: FoundEntry) => {
    const { n, text, id } = entry
    if (n < expected) return report(found.doubled({ n, ...nameOf(text) }))
    if (n > expected) skipTo(n)
    expected = n + 1
    const remembered = ignoreMemory ? undefined : memory.at(n)
    if (suspect && suspect.n === n - 1) suspect.next = entry.leaf
    if (text === null) {
      removed.set(id, n)
      grow(remembered ?? entry.leaf)
    } else {
      const hash = leafHash(text)
      if (hash !== entry.leaf) {
        report(remembered === hash ? found.leaf({ n, ...nameOf(text) }) : found.altered({ n, ...nameOf(text) }))
        grow(remembered ?? entry.leaf)
      } else {
        if (remembered !== undefined && remembered !== hash) suspect ??= { n, leaf: hash, remembered, next: undefined, text }
        grow(hash)
      }
      if (text.includes('"kind":"ledger.epochOpened"')) openings.push({ n, text })
      lookAtClock(n, text)
    }
    while (nextHead < known.length && known[nextHead]!.size <= n) compare(known[nextHead++]!, entry)
  }

  const lookAtClock = (n: number, text: string) => {
    if (signedAt === '' || recordedAtIn(text) >= signedAt) return
    late.first ||= n
    late.count++
  }

  const compare = (head: Known, { n, text }: FoundEntry) => {
    if (broken || head.size !== n) return
    if (head.fits(rootOf(tree))) {
      // The database reproduces a signed head, so what differs was changed in the folder.
      if (suspect) report(found.memory(suspect.n))
      if (suspect) ignoreMemory = true
      suspect = undefined
      good = head.size
      reproduced++
      if (head.signedAt) signedAt = anHourBefore(head.signedAt)
      return
    }
    broken = true
    if (suspect) suspect.sure = true
    else if (!findings.some((f) => f.n !== null && f.n <= n)) report(found.range(good + 1, head.size, head.source, nameOf(text)))
  }

  const finish = (rest: Rest): Finding[] => {
    if (suspect) report(judge(suspect, memory))
    const size = expected - 1
    const beyond = known.findLast((head) => head.size > size)
    if (beyond) report(found.shortened(size, beyond.size, beyond.source))
    else if (memory.last > size) report(found.shortened(size, memory.last, 'heads 文件夹'))
    for (const [i, { id, text }] of rest.strays.entries()) report(strayed(i < 20 ? memory.find(leafHash(text)) : undefined, id, text))
    for (const [id, n] of removed) report(found.removed({ n, id, kind: null }))
    for (const id of rest.gone) report(found.gone(id))
    for (const id of rest.twice) report(found.twice(id))
    return findings
  }

  const strayed = (n: number | undefined, id: string, text: string): Finding => {
    const at = removed.get(id)
    if (at !== undefined) {
      removed.delete(id)
      return found.moved({ n: at, ...nameOf(text) })
    }
    if (n === undefined) return found.stray({ n: null, ...nameOf(text) })
    const gap = findings.findIndex((f) => f.what === 'missing' && f.n === n && f.id === null)
    if (gap >= 0) findings.splice(gap, 1)
    return found.unnumbered({ n, ...nameOf(text) })
  }

  const remarks = () => [
    ...(known.length > 0 && !broken && expected - 1 > good && findings.length === 0
      ? [`最后 ${expected - 1 - good} 条实绩还没有签名的树头；系统运行时一秒内会签上。`]
      : []),
    ...(late.count > 0 ? [`有 ${late.count} 条实绩（从第 ${late.first} 号起）编号时，其记录时间已比前一个树头早一小时以上。`] : []),
  ]

  return {
    step,
    finish,
    openings,
    remarks,
    size: () => expected - 1,
    reproduced: () => reproduced,
    root: () => rootOf(tree),
  }
}

/** The first number whose fact is not the one that was remembered, though fact and entry agree. */
interface Suspect {
  n: number
  leaf: string
  remembered: string
  next: string | undefined
  text: string
  sure?: boolean
}

function judge({ n, leaf, remembered, next, text }: Suspect, memory: RememberedLeaves): Finding {
  const about = { n, ...nameOf(text) }
  const was = memory.find(leaf)
  if (next === remembered && was === undefined) return found.inserted(about)
  if (was === n + 1 && next !== remembered) return found.dropped({ n, id: null, kind: null })
  return was === undefined ? found.altered(about) : found.reordered(about, was)
}

interface Opening {
  n: number
  text: string
}

/** An epoch counts only if the ledger itself, too, says that it was opened, by whom and from where. */
function unopened(epochs: readonly Epoch[], openings: readonly Opening[], rest: Rest): Finding[] {
  const told = [...openings.map((o) => o.text), ...rest.waitingEpochs].map((text) => (JSON.parse(text) as { body: unknown }).body)
  return epochs
    .filter((e) => !told.some((body) => isDeepStrictEqual(body, openingOf(e))))
    .map((e) => found.epoch(e.epoch, '账本里没有开启它的实绩'))
}

const remarksOf = ({ epochs, abandoned, damaged }: KnownHeads): string[] => [
  ...epochs.map(
    (e) =>
      `第 ${e.epoch} 纪元于 ${e.openedAt.slice(0, 10)} 由两名管理员签署开启，接在第 ${e.fromSize} 号之后` +
      `${e.knownSize > e.fromSize ? `；此前的第 ${e.fromSize + 1} 至 ${e.knownSize} 号已声明缺失` : ''}。`,
  ),
  ...(abandoned.length > 0 ? [`有 ${abandoned.length} 个树头属于已声明缺失的部分，不再比对；纸面代码如属于这一部分，也不再比对。`] : []),
  ...(damaged > 0 ? [`heads 文件夹里有 ${damaged} 行读不出来。`] : []),
]

const strangersKeys = (trust: Trust) => [
  `签名按文件自带的公钥核对（${[...trust.keys()].join('、') || '无'}）。请与发出单位公布的公钥编号，或纸面上的树头代码核对。`,
]

const recordedAtIn = (text: string) => text.slice(-75, -51)
const anHourBefore = (iso: string) => new Date(Date.parse(iso) - 3_600_000).toISOString()
