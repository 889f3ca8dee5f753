import { createHash, createPublicKey, type KeyObject, sign, verify } from 'node:crypto'
import { headText, type SignedHead } from './proof.ts'

/** Signs heads and epochs in the name of the installation. */
export interface Signer {
  keyId: string
  /** Raw Ed25519 public key, base64. */
  publicKey: string
  sign: (text: string) => string
}

/** Public keys by their id: whose signatures count. Keys that were rotated out stay in. */
export type Trust = ReadonlyMap<string, KeyObject>

/** A signer from an Ed25519 private key. */
export function signerOf(privateKey: KeyObject): Signer {
  const publicKey = rawOf(createPublicKey(privateKey))
  return {
    keyId: keyIdOf(publicKey),
    publicKey,
    sign: (text) => sign(null, Buffer.from(text), privateKey).toString('base64'),
  }
}

/** Trust in these public keys, each a KeyObject or raw base64. */
export function trustIn(keys: Iterable<KeyObject | string>): Trust {
  const objects = [...keys].map((key) => (typeof key === 'string' ? fromRaw(key) : key))
  return new Map(objects.map((key) => [keyIdOf(rawOf(key)), key]))
}

/** The public keys as raw base64, for exports. */
export const publicKeysOf = (trust: Trust): string[] => [...trust.values()].map(rawOf)

export const signHead = (signer: Signer, head: Omit<SignedHead, 'keyId' | 'signature'>): SignedHead => ({
  ...head,
  keyId: signer.keyId,
  signature: signer.sign(headText(head)),
})

/** Whether a trusted key made this signature: yes, a stranger's key, or not at all. */
export function signatureOf(trust: Trust, keyId: string, text: string, signature: string): 'good' | 'stranger' | 'bad' {
  const key = trust.get(keyId)
  if (!key) return 'stranger'
  return verify(null, Buffer.from(text), key, Buffer.from(signature, 'base64')) ? 'good' : 'bad'
}

const rawOf = (key: KeyObject) => Buffer.from(String(key.export({ format: 'jwk' }).x), 'base64url').toString('base64')

const fromRaw = (raw: string) =>
  createPublicKey({ key: { kty: 'OKP', crv: 'Ed25519', x: Buffer.from(raw, 'base64').toString('base64url') }, format: 'jwk' })

const keyIdOf = (raw: string) => createHash('sha256').update(Buffer.from(raw, 'base64')).digest('hex').slice(0, 16)
