import { X509Certificate } from 'node:crypto'
import { readFile } from 'node:fs/promises'
import { hostname, networkInterfaces } from 'node:os'
import { join } from 'node:path'
import { createSecureContext } from 'node:tls'
import { type DataFolder, missing, writePrivate } from './dataFolder.ts'
import { refusal } from './refusal.ts'

export interface Tls {
  cert: string
  key: string
  /** SHA-256 of the certificate, in pairs, as browsers show it. */
  fingerprint: string
  validTo: Date
  selfSigned: boolean
  /** What to print at the start, in Chinese: for a self-signed one how to compare and replace it. */
  notice: string
}

/** Loads the certificate chain and key of the operator; refuses unreadable, unmatched or expired ones. */
export async function loadTls(certFile: string, keyFile: string): Promise<Tls> {
  const [cert, key] = await Promise.all([readPem(certFile, '证书'), readPem(keyFile, '私钥')])
  try {
    createSecureContext({ cert, key })
  } catch {
    throw refusal('tls-mismatch', `证书 ${certFile} 与私钥 ${keyFile} 不能一起使用。请确认两个都是 PEM 格式，并且是一对。`)
  }
  const tls = describe(cert, key, false)
  if (tls.validTo < new Date()) throw refusal('tls-expired', `证书 ${certFile} 已于 ${dateOf(tls.validTo)} 过期。请换用有效的证书。`)
  return { ...tls, notice: `证书指纹（SHA-256）${tls.fingerprint}，有效至 ${dateOf(tls.validTo)}。` }
}

async function readPem(path: string, what: string): Promise<string> {
  return readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw refusal('tls-unreadable', `读不到${what}文件 ${path}（${error.code}）。请检查路径和权限。`)
  })
}

/** The installation's own certificate, kept in the data folder so that its fingerprint stays; made again when it ends or a name is new. */
export async function selfSignedTls(folder: DataFolder, host: string): Promise<Tls> {
  const path = join(folder.keys, 'tls.json')
  const names = namesOf(host)
  const written = await readFile(path, 'utf8').catch(missing)
  const kept = written === undefined ? undefined : (JSON.parse(written) as { cert: string; key: string })
  const inAMonth = new Date(Date.now() + 30 * 86_400_000)
  const { cert, key } = kept && covers(kept.cert, names, inAMonth) ? kept : await renew(folder, path, names)
  const tls = describe(cert, key, true)
  return { ...tls, notice: explain(tls) }
}

function namesOf(host: string): string[] {
  const own = Object.values(networkInterfaces()).flatMap((addresses) => (addresses ?? []).map(({ address }) => address))
  const given = ['0.0.0.0', '::', ''].includes(host) ? [] : [host]
  return [...new Set(['localhost', hostname(), ...given, ...own.filter((address) => !address.includes('%'))])]
}

function covers(cert: string, names: string[], until: Date): boolean {
  const certificate = new X509Certificate(cert)
  return new Date(certificate.validTo) > until && names.every((n) => (isIp(n) ? certificate.checkIP(n) : certificate.checkHost(n)))
}

const isIp = (name: string) => /^[\d.]+$|:/.test(name)

async function renew(folder: DataFolder, path: string, names: string[]) {
  const { default: selfsigned } = await import('selfsigned')
  const made = await selfsigned.generate([{ name: 'commonName', value: hostname() }], {
    keyType: 'ec',
    algorithm: 'sha256',
    // Apple's systems accept no server certificate that is valid for longer.
    notAfterDate: new Date(Date.now() + 820 * 86_400_000),
    extensions: [
      { name: 'basicConstraints', cA: false },
      { name: 'keyUsage', digitalSignature: true },
      { name: 'extKeyUsage', serverAuth: true },
      { name: 'subjectAltName', altNames: names.map((name) => (isIp(name) ? { type: 7, ip: name } : { type: 2, value: name })) },
    ],
  })
  const pair = { cert: made.cert, key: made.private }
  await writePrivate(folder, path, JSON.stringify(pair))
  return pair
}

function describe(cert: string, key: string, selfSigned: boolean): Omit<Tls, 'notice'> {
  const { fingerprint256, validTo } = new X509Certificate(cert)
  return { cert, key, fingerprint: fingerprint256, validTo: new Date(validTo), selfSigned }
}

function explain({ fingerprint, validTo }: Omit<Tls, 'notice'>): string {
  return [
    `没有指定证书，已使用自签名证书（有效至 ${dateOf(validTo)}），传输是加密的，但浏览器会提示“不受信任”。`,
    `首次打开时，请在浏览器的证书详情中核对 SHA-256 指纹：`,
    `  ${fingerprint}`,
    `一致才可继续。正式使用请换成单位签发的证书：start --tls-cert 证书.pem --tls-key 私钥.pem；或放在反向代理之后：--behind-proxy 代理地址。`,
  ].join('\n')
}

const dateOf = (at: Date) => at.toLocaleDateString('zh-CN', { timeZone: 'Asia/Shanghai' })

/** True for addresses that only this machine can reach, where plain HTTP harms nobody. */
export const isLoopback = (host: string): boolean => /^(localhost|127\.\d+\.\d+\.\d+|::1|\[::1\])$/.test(host)
