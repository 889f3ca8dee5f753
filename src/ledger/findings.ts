/** What an examination can find. */
export type FindingKind =
  | 'altered'
  | 'missing'
  | 'inserted'
  | 'reordered'
  | 'shortened'
  | 'head'
  | 'headMissing'
  | 'signature'
  | 'epoch'
  | 'node'
  | 'memory'
  | 'queue'

export interface Finding {
  what: FindingKind
  /** The ledger number concerned, or the first of the range concerned. */
  n: number | null
  /** The fact's id and kind, where they are known. */
  id: string | null
  kind: string | null
  /** In Chinese: what is wrong and what to do. */
  says: string
}

/** What concerns facts first, by number; then what concerns heads, nodes and the folder. */
export const byPlace = (a: Finding, b: Finding): number =>
  Number(BESIDES.has(a.what)) - Number(BESIDES.has(b.what)) || (a.n ?? Number.MAX_SAFE_INTEGER) - (b.n ?? Number.MAX_SAFE_INTEGER)

const BESIDES = new Set<FindingKind>(['headMissing', 'signature', 'epoch', 'node', 'memory', 'queue'])

/** The id and kind in a fact's canonical JSON. */
export function nameOf(text: string | null): { id: string | null; kind: string | null } {
  if (text === null) return { id: null, kind: null }
  try {
    const { id, kind } = JSON.parse(text) as { id: string; kind: string }
    return { id, kind }
  } catch {
    return { id: null, kind: null }
  }
}

const fact = ({ n, id, kind }: Pick<Finding, 'n' | 'id' | 'kind'>) =>
  `${n === null ? '一条没有编号的实绩' : `第 ${n} 号实绩`}${id || kind ? `（${[kind, id].filter(Boolean).join(' ')}）` : ''}`

type About = Pick<Finding, 'n' | 'id' | 'kind'>

/** Makes findings with their sentence. */
export const found = {
  altered: (about: About): Finding => ({ what: 'altered', ...about, says: `${fact(about)}登记以后被改动过：内容与编号时的指纹不同。` }),
  moved: (about: About): Finding => ({
    what: 'altered',
    ...about,
    says: `${fact(about)}登记以后被改到了另一个组织名下，原来的位置已经空了。`,
  }),
  leaf: (about: About): Finding => ({
    what: 'altered',
    ...about,
    says: `${fact(about)}的内容没有变，但编号表里它的指纹被改动过。`,
  }),
  removed: (about: About): Finding => ({ what: 'missing', ...about, says: `${fact(about)}不见了：编号还在，实绩已被删除。` }),
  gap: (about: About): Finding => ({ what: 'missing', ...about, says: `${fact(about)}不见了：编号不连续，这一号被删除。` }),
  dropped: (about: About): Finding => ({ what: 'missing', ...about, says: `${fact(about)}被删除，后面的实绩被重新编号补了上来。` }),
  unnumbered: (about: About): Finding => ({ what: 'missing', ...about, says: `${fact(about)}还在，但它的编号被删除。` }),
  inserted: (about: About): Finding => ({ what: 'inserted', ...about, says: `${fact(about)}是事后插入的，原来的这一号被推到了后面。` }),
  stray: (about: About): Finding => ({
    what: 'inserted',
    ...about,
    says: `${fact(about)}既没有编号，也不在等待编号：它不是经本系统登记的，或者它的待编号记录被删除。`,
  }),
  reordered: (about: About, was: number): Finding => ({
    what: 'reordered',
    ...about,
    says: `${fact(about)}不在原来的位置：它原是第 ${was} 号，次序被调换过。`,
  }),
  doubled: (about: About): Finding => ({ what: 'inserted', ...about, says: `第 ${about.n} 号出现了两次，其中之一是事后插入的。` }),
  gone: (id: string): Finding => ({
    what: 'missing',
    n: null,
    id,
    kind: null,
    says: `一条正在等待编号的实绩（${id}）不见了：等待记录还在，实绩已被删除。`,
  }),
  twice: (id: string): Finding => ({
    what: 'queue',
    n: null,
    id,
    kind: null,
    says: `实绩 ${id} 已经编号，却又被放进等待编号的队列，编号会因此停住。`,
  }),
  shortened: (size: number, known: number, source: string): Finding => ({
    what: 'shortened',
    n: size + 1,
    id: null,
    kind: null,
    says: `账本只有 ${size} 条，而${source}记着第 ${known} 号：第 ${size + 1} 至 ${known} 号不见了。可能是末尾被删除，或者恢复了较早的数据库。`,
  }),
  range: (from: number, to: number, source: string, about: Omit<About, 'n'>): Finding => ({
    what: 'head',
    n: from,
    ...(from === to ? about : { id: null, kind: null }),
    says:
      from === to
        ? `第 ${from} 号实绩（${[about.kind, about.id].filter(Boolean).join(' ')}）与${source}记下的树头不符：它被改动或替换过。`
        : `第 ${from} 至 ${to} 号之间与${source}记下的树头不符：其中有实绩被改动、删除、插入或调换过。`,
  }),
  headLost: (size: number): Finding => ({
    what: 'headMissing',
    n: size,
    id: null,
    kind: null,
    says: `数据库外记着第 ${size} 号的树头，数据库里却没有：树头表被改动过。`,
  }),
  stranger: (size: number, keyId: string, source: string): Finding => ({
    what: 'signature',
    n: size,
    id: null,
    kind: null,
    says: `${source}里第 ${size} 号的树头由不认识的密钥（${keyId}）签名：它不是本系统签的。`,
  }),
  forged: (size: number, source: string): Finding => ({
    what: 'signature',
    n: size,
    id: null,
    kind: null,
    says: `${source}里第 ${size} 号的树头签名不对：树头或签名被改动过。`,
  }),
  epoch: (epoch: number, why: string): Finding => ({
    what: 'epoch',
    n: null,
    id: null,
    kind: null,
    says: `第 ${epoch} 纪元不可信：${why}。`,
  }),
  node: (place: string): Finding => ({
    what: 'node',
    n: null,
    id: null,
    kind: null,
    says: `树的中间节点 ${place} 与实绩不符：用它作出的证明会出错。实绩本身另行核对。`,
  }),
  memory: (n: number): Finding => ({
    what: 'memory',
    n,
    id: null,
    kind: null,
    says: `heads 文件夹里第 ${n} 号的指纹与已签名的树头不符：被改动的是这个文件夹，不是账本。`,
  }),
}
