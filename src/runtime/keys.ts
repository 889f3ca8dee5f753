import { createHash, createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, randomBytes } from 'node:crypto'
import { readdir, readFile } from 'node:fs/promises'
import { join } from 'node:path'
import { createPrivate, type DataFolder, missing, writePrivate } from './dataFolder.ts'
import { refusal } from './refusal.ts'

export interface Ring<K> {
  current: K
  /** Every key ever used, by its id; old ones still open and verify what they made. */
  byId: ReadonlyMap<string, K>
}

export interface SigningKey {
  /** The first 16 hex digits of the SHA-256 of the 32 bytes of the public key, as on the ledger's heads. */
  id: string
  privateKey: KeyObject
  publicKey: KeyObject
}

export interface SecretKey {
  id: string
  /** 32 random bytes. */
  secret: Buffer
}

export interface Keys {
  /** Ed25519, signs the heads of the ledger. */
  ledger: Ring<SigningKey>
  /** AES-256, seals single fields. */
  fields: Ring<SecretKey>
  /** HMAC-SHA256, makes sealed fields searchable; has no rotation, since every index would have to be made again. */
  blindIndex: SecretKey
  /** HMAC-SHA256, signs session and CSRF tokens. */
  session: Ring<SecretKey>
}

export type RotatingKey = 'ledger' | 'fields' | 'session'

/** The keys of an installation, made on its first start; refuses when they are missing although a ledger was already signed. */
export async function loadKeys(folder: DataFolder): Promise<Keys> {
  const path = keyFile(folder)
  const written = await readFile(path, 'utf8').catch(missing)
  if (written !== undefined) return parseKeys(written)
  if ((await readdir(folder.heads)).length > 0)
    throw refusal('keys-lost', `密钥文件 ${path} 不见了，而账本已经签过名。请从备份取回该文件；没有它，加密的字段无法读出。`)
  await createPrivate(folder, path, serialise(freshKeys()))
  return parseKeys(await readFile(path, 'utf8'))
}

/** Adds a new key and makes it the current one; the caller records the change as a fact and keeps using the answer. */
export async function rotateKey(folder: DataFolder, which: RotatingKey): Promise<Keys> {
  const stored = JSON.parse(await readFile(keyFile(folder), 'utf8')) as StoredKeys
  const fresh = which === 'ledger' ? freshSigningKey() : freshSecret()
  stored[which] = { current: fresh.id, keys: [...stored[which].keys, fresh] }
  await writePrivate(folder, keyFile(folder), serialise(stored))
  return parseKeys(serialise(stored))
}

/** The file that holds all keys, for a backup and for `doctor`. */
export const keyFile = ({ keys }: DataFolder): string => join(keys, 'keys.json')

interface StoredKey {
  id: string
  created: string
  /** Base64: 32 bytes, or an Ed25519 private key in PKCS #8. */
  secret: string
}
interface StoredRing {
  current: string
  keys: StoredKey[]
}
type StoredKeys = { format: 1; ledger: StoredRing; fields: StoredRing; blindIndex: StoredRing; session: StoredRing }

/** Reads the content of a key file; refuses one that is damaged. */
export function parseKeys(content: string): Keys {
  try {
    const stored = JSON.parse(content) as StoredKeys
    if (stored.format !== 1) throw new Error('unknown format')
    return {
      ledger: ringOf(stored.ledger, signingKey),
      fields: ringOf(stored.fields, secretKey),
      blindIndex: ringOf(stored.blindIndex, secretKey).current,
      session: ringOf(stored.session, secretKey),
    }
  } catch {
    throw refusal('keys-damaged', '密钥文件 keys/keys.json 已损坏。请从备份取回该文件。')
  }
}

function ringOf<K extends { id: string }>(stored: StoredRing, read: (key: StoredKey) => K): Ring<K> {
  const byId = new Map(stored.keys.map((key) => [key.id, read(key)]))
  const current = byId.get(stored.current)
  if (!current) throw new Error('no current key')
  return { current, byId }
}

function signingKey({ id, secret }: StoredKey): SigningKey {
  const privateKey = createPrivateKey({ key: Buffer.from(secret, 'base64'), format: 'der', type: 'pkcs8' })
  const publicKey = createPublicKey(privateKey)
  if (idOf(publicKey) !== id) throw new Error('key and id differ')
  return { id, privateKey, publicKey }
}

function secretKey({ id, secret }: StoredKey): SecretKey {
  const bytes = Buffer.from(secret, 'base64')
  if (bytes.length !== 32) throw new Error('wrong length')
  return { id, secret: bytes }
}

function freshKeys(): StoredKeys {
  const ring = (key: StoredKey) => ({ current: key.id, keys: [key] })
  return {
    format: 1,
    ledger: ring(freshSigningKey()),
    fields: ring(freshSecret()),
    blindIndex: ring(freshSecret()),
    session: ring(freshSecret()),
  }
}

function freshSigningKey(): StoredKey {
  const { privateKey, publicKey } = generateKeyPairSync('ed25519')
  const secret = privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64')
  return { id: idOf(publicKey), created: new Date().toISOString(), secret }
}

function freshSecret(): StoredKey {
  return { id: randomBytes(8).toString('hex'), created: new Date().toISOString(), secret: randomBytes(32).toString('base64') }
}

const idOf = (publicKey: KeyObject) =>
  createHash('sha256')
    .update(Buffer.from(String(publicKey.export({ format: 'jwk' }).x), 'base64url'))
    .digest('hex')
    .slice(0, 16)

const serialise = (keys: StoredKeys) => `${JSON.stringify(keys, null, 1)}\n`
