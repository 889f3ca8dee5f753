import { createCipheriv, createDecipheriv, createHash, createHmac, randomBytes, scrypt, timingSafeEqual } from 'node:crypto'
import type { FileHandle } from 'node:fs/promises'
import { refusal } from './refusal.ts'

/*
 * magic, u32 length, header (JSON), SHA-256 of all before, then pieces: u32 length, AES-256-GCM ciphertext and tag. The nonce is
 * the piece's number and whether it is the last (the STREAM construction), the key is derived anew for each file from the
 * passphrase and a random salt, and every piece is bound to the header. So a piece cannot be altered, moved, repeated or cut off.
 */
const magic = Buffer.from('RONGJIAN-BACKUP\n')
const pieceSize = 256 * 1024
const tagSize = 16

interface Header {
  format: 1
  kdf: { name: 'scrypt'; cost: number; salt: string }
  /** Tells a wrong passphrase from a damaged file. */
  check: string
}

/** Encrypts a stream of bytes for a file; `cost` is the base-2 logarithm of scrypt's N. Memory stays bounded by one piece. */
export async function* seal(source: AsyncIterable<Uint8Array>, passphrase: string, cost: number): AsyncGenerator<Buffer> {
  const salt = randomBytes(16)
  const key = await keyOf(passphrase, salt, cost)
  const header: Header = { format: 1, kdf: { name: 'scrypt', cost, salt: salt.toString('base64') }, check: checkOf(key) }
  const json = Buffer.from(JSON.stringify(header))
  const opening = Buffer.concat([magic, u32(json.length), json])
  const digest = sha256(opening)
  yield Buffer.concat([opening, digest])

  let number = 0
  const piece = (plain: Buffer, last: boolean) => {
    const cipher = createCipheriv('aes-256-gcm', key, nonceOf(number++, last)).setAAD(digest)
    const sealed = Buffer.concat([cipher.update(plain), cipher.final(), cipher.getAuthTag()])
    return Buffer.concat([u32(sealed.length), sealed])
  }
  let waiting: Buffer = Buffer.alloc(0)
  for await (const bytes of source) {
    waiting = waiting.length === 0 ? Buffer.from(bytes) : Buffer.concat([waiting, bytes])
    while (waiting.length > pieceSize) {
      yield piece(waiting.subarray(0, pieceSize), false)
      waiting = waiting.subarray(pieceSize)
    }
  }
  yield piece(waiting, true)
}

/** Decrypts a sealed file; gives no byte that was not authenticated, and throws unless the file ends where it was ended. */
export async function* unseal(file: FileHandle, passphrase: string): AsyncGenerator<Buffer> {
  const { header, digest, end } = await readHeader(file)
  const key = await keyOf(passphrase, Buffer.from(header.kdf.salt, 'base64'), header.kdf.cost)
  if (!timingSafeEqual(Buffer.from(checkOf(key)), Buffer.from(header.check)))
    throw refusal('wrong-passphrase', '口令不对，打不开这份备份。请核对口令（注意大小写和全角、半角）。')
  const { size } = await file.stat()
  let at = end
  for (let number = 0; ; number++) {
    const length = (await readAt(file, at, 4)).readUInt32BE()
    if (length < tagSize || length > pieceSize + tagSize) throw damaged()
    const sealed = await readAt(file, at + 4, length)
    at += 4 + length
    const last = at === size
    yield openPiece(sealed, key, nonceOf(number, last), digest)
    if (last) return
  }
}

async function readHeader(file: FileHandle): Promise<{ header: Header; digest: Buffer; end: number }> {
  const start = Buffer.alloc(magic.length + 4)
  const { bytesRead } = await file.read(start, 0, start.length, 0)
  if (bytesRead < start.length || !start.subarray(0, magic.length).equals(magic))
    throw refusal('foreign-file', '这不是融建的备份文件。请选择由 backup 命令生成的文件。')
  const length = start.readUInt32BE(magic.length)
  if (length > 4096) throw damaged()
  const end = start.length + length + 32
  const opening = await readAt(file, 0, start.length + length)
  const digest = sha256(opening)
  if (!digest.equals(await readAt(file, start.length + length, 32))) throw damaged()
  const header = JSON.parse(opening.subarray(start.length).toString()) as Header
  if (header.format !== 1) throw refusal('newer-backup', '这份备份由更新版本的融建生成。请先升级程序再恢复。')
  if (header.kdf.cost > 20) throw damaged()
  return { header, digest, end }
}

async function readAt(file: FileHandle, position: number, length: number): Promise<Buffer> {
  const { buffer, bytesRead } = await file.read(Buffer.alloc(length), 0, length, position)
  if (bytesRead < length) throw damaged()
  return buffer
}

function openPiece(sealed: Buffer, key: Buffer, nonce: Buffer, digest: Buffer): Buffer {
  try {
    const decipher = createDecipheriv('aes-256-gcm', key, nonce, { authTagLength: tagSize })
    decipher.setAAD(digest).setAuthTag(sealed.subarray(-tagSize))
    return Buffer.concat([decipher.update(sealed.subarray(0, -tagSize)), decipher.final()])
  } catch {
    throw damaged()
  }
}

/** The refusal for a backup that was cut off, altered or badly copied. */
export const damaged = () =>
  refusal('damaged-backup', '备份文件已损坏或不完整，没有恢复任何内容。请换用另一份备份，或重新复制该文件后再试。')

function keyOf(passphrase: string, salt: Buffer, cost: number): Promise<Buffer> {
  const settings = { N: 2 ** cost, r: 8, p: 1, maxmem: 2 ** cost * 8 * 128 + 64 * 1024 * 1024 }
  return new Promise((done, fail) =>
    scrypt(passphrase.normalize('NFKC'), salt, 32, settings, (error, key) => (error ? fail(error) : done(key))),
  )
}

const checkOf = (key: Buffer) => createHmac('sha256', key).update('rongjian backup passphrase').digest('base64')
const sha256 = (bytes: Buffer) => createHash('sha256').update(bytes).digest()

function u32(value: number): Buffer {
  const bytes = Buffer.alloc(4)
  bytes.writeUInt32BE(value)
  return bytes
}

function nonceOf(number: number, last: boolean): Buffer {
  const nonce = Buffer.alloc(12)
  nonce.writeBigUInt64BE(BigInt(number))
  nonce.writeUInt32BE(last ? 1 : 0, 8)
  return nonce
}
