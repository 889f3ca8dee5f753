/**
 * Checks that anybody can make, with nothing but this file: it runs in a browser and in Node alike and uses WebCrypto only.
 * Hashes are lower-case hex; sizes count facts; `index` is the fact's number less one.
 */

export interface TreeHead {
  size: number
  root: string
}

/** A signed statement that the ledger of this epoch held exactly these facts in this order. */
export interface SignedHead extends TreeHead {
  epoch: number
  /** ISO 8601, UTC, milliseconds. */
  signedAt: string
  /** The first 16 hex digits of the SHA-256 of the raw public key. */
  keyId: string
  /** Ed25519 over `headText`, in base64. */
  signature: string
}

/** What an Ed25519 signature of a head covers. */
export const headText = ({ epoch, size, root, signedAt }: Omit<SignedHead, 'keyId' | 'signature'>): string =>
  `rongjian ledger head\nepoch ${epoch}\nsize ${size}\nroot ${root}\ntime ${signedAt}\n`

/** True when the key (raw, 32 bytes, base64) signed the head. */
export async function headIsSigned(head: SignedHead, publicKey: string): Promise<boolean> {
  const key = await crypto.subtle.importKey('raw', bytesOf(publicKey), 'Ed25519', false, ['verify'])
  return crypto.subtle.verify('Ed25519', key, bytesOf(head.signature), new TextEncoder().encode(headText(head)))
}

/** Leaf hash of a fact's canonical JSON. */
export const leafOf = async (factText: string): Promise<string> => toHex(await sha256(new TextEncoder().encode(`\0${factText}`)))

export interface InclusionProof extends TreeHead {
  index: number
  leaf: string
  path: readonly string[]
}

/** True when the leaf stands at `index` in the tree with this root (RFC 9162, 2.1.3.2). */
export async function provesInclusion({ index, size, leaf, path, root }: InclusionProof): Promise<boolean> {
  if (!(index >= 0 && index < size)) return false
  let [at, last, hash] = [index, size - 1, leaf]
  for (const sibling of path) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      hash = await parent(sibling, hash)
      while (at % 2 === 0 && at > 0) [at, last] = [at / 2, half(last)]
    } else hash = await parent(hash, sibling)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && hash === root
}

export interface ConsistencyProof {
  first: TreeHead
  second: TreeHead
  path: readonly string[]
}

/** True when the second tree begins with exactly the facts of the first (RFC 9162, 2.1.4.2). */
export async function provesConsistency({ first, second, path }: ConsistencyProof): Promise<boolean> {
  if (first.size === second.size) return path.length === 0 && first.root === second.root
  if (first.size < 1 || first.size > second.size) return false
  const steps = isPowerOfTwo(first.size) ? [first.root, ...path] : [...path]
  let [at, last] = [first.size - 1, second.size - 1]
  while (at % 2 === 1) [at, last] = [half(at), half(last)]
  const start = steps.shift()
  if (start === undefined) return false
  let [old, fresh] = [start, start]
  for (const step of steps) {
    if (last === 0) return false
    if (at % 2 === 1 || at === last) {
      ;[old, fresh] = [await parent(step, old), await parent(step, fresh)]
      while (at % 2 === 0 && at > 0) [at, last] = [half(at), half(last)]
    } else fresh = await parent(fresh, step)
    ;[at, last] = [half(at), half(last)]
  }
  return last === 0 && old === first.root && fresh === second.root
}

// Sizes can pass 32 bits, where shifts lose their upper part.
const half = (n: number) => Math.floor(n / 2)

function isPowerOfTwo(n: number): boolean {
  while (n % 2 === 0) n /= 2
  return n === 1
}

const parent = async (left: string, right: string) => toHex(await sha256(fromHex(`01${left}${right}`)))
const sha256 = async (bytes: Uint8Array<ArrayBuffer>) => new Uint8Array(await crypto.subtle.digest('SHA-256', bytes))
const fromHex = (hex: string) => Uint8Array.from(hex.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16))
const toHex = (bytes: Uint8Array) => Array.from(bytes, (b) => b.toString(16).padStart(2, '0')).join('')
const bytesOf = (base64: string) => Uint8Array.from(atob(base64), (c) => c.charCodeAt(0))
