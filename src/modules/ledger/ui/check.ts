import { headIsSigned, leafOf, provesInclusion } from '#ledger/proof.ts'
import type { Api } from '../../../platform.ts'

export type ProvenFact = Api['ledger.proof']['output']

/** What this browser found out by itself about a fact, without believing the server. */
export type Checked =
  | { ok: true; signed: true }
  /** The fact stands under the signed root, but this browser cannot check such signatures. */
  | { ok: true; signed: false }
  | { ok: false; says: string }

/** Computes the fact's hash, its way up to the root, and the signature of the root. */
export async function checkFact(row: ProvenFact, publicKeys: readonly string[]): Promise<Checked> {
  const { proof } = row
  if (!proof) return { ok: false, says: '还没有签过名的树头盖住它，通常一秒内就有；请稍后再查' }
  if (!globalThis.crypto?.subtle) return { ok: false, says: '浏览器只在 https 或本机地址上才能自己验算，请换 https 地址打开' }
  const { id, kind, subject, orgId, happenedOn } = JSON.parse(proof.fact) as Record<string, unknown>
  if (id !== row.id || kind !== row.kind || subject !== row.subject || orgId !== row.orgId || happenedOn !== row.happenedOn)
    return { ok: false, says: '显示的内容与账本里的原文不是同一条' }
  if ((await leafOf(proof.fact)) !== proof.leaf) return { ok: false, says: '原文与它的摘要不符，这条实绩可能被改过' }
  if (!(await provesInclusion(proof))) return { ok: false, says: '从它算不到树根，这条实绩不在这本账里' }
  if (proof.head.root !== proof.root || proof.head.size !== proof.size) return { ok: false, says: '证明用的树根不是签过名的那一个' }
  try {
    for (const key of publicKeys) if (await headIsSigned(proof.head, key)) return { ok: true, signed: true }
  } catch {
    return { ok: true, signed: false }
  }
  return { ok: false, says: '树根的签名不是本单位的密钥签的' }
}
