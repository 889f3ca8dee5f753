import { randomUUID } from 'node:crypto'
import { databaseSource } from './databaseSource.ts'
import { fileSource } from './exportFile.ts'
import { readHeads } from './headsFolder.ts'
import { leafHash, leafText } from './leaf.ts'
import { headText } from './proof.ts'
import type { Signer } from './signing.ts'
import { type Hand, type LabLedger, type LedgerLab, recordMeetings } from './testing.ts'
import { type VerifyOptions, verifyLedger } from './verify.ts'

/** A ledger of so many facts with heads at uneven sizes, several facts between two of them, and three that wait for a number. */
export async function unevenLedger(lab: LedgerLab, facts: number): Promise<LabLedger> {
  const ledger = await lab.ledger()
  for (let size = 0, step = 1; size < facts; size += step, step = Math.min(facts - size, (step * 7) % 90)) {
    await recordMeetings(ledger.db, step)
    await ledger.number()
  }
  await recordMeetings(ledger.db, 3)
  await ledger.disconnect()
  return ledger
}

export async function examined(at: LabLedger['url'], options: VerifyOptions) {
  const source = await databaseSource(at)
  return verifyLedger(source, options).finally(() => source.close())
}

export async function fromFile(file: string, options: VerifyOptions) {
  const source = await fileSource(file)
  return verifyLedger(source, options).finally(() => source.close())
}

export async function shift(hand: Hand, from: number, by: number) {
  await hand('update ledger.entry set n = n + 1000000 where n >= $1', [from])
  await hand('update ledger.entry set n = n - 1000000 + $1 where n > 1000000', [by])
}

export async function swap(hand: Hand, a: number, b: number) {
  await hand('update ledger.entry set n = n + 1000000 where n in ($1, $2)', [a, b])
  await hand('update ledger.entry set n = case n - 1000000 when $1 then $2::bigint else $1 end where n > 1000000', [a, b])
}

export async function insert(hand: Hand): Promise<{ org_id: string; id: string; leaf: string }> {
  const id = randomUUID()
  const fact = { actorId: null, happenedOn: '2025-05-01', id, kind: 'meeting.held', operation: 'x', orgId: id, personId: null, subject: id }
  const text = leafText({ ...fact, body: '{}', recordedAt: '2025-05-01T00:00:00.000Z' })
  await hand(
    `insert into ledger.fact (org_id, id, kind, subject, happened_on, recorded_at, operation, body)
    values ($1, $1, 'meeting.held', $1, '2025-05-01', '2025-05-01T00:00:00Z', 'x', '{}')`,
    [id],
  )
  return { org_id: id, id, leaf: leafHash(text) }
}

/** Changes a fact and makes its entry agree with it. */
export async function rewritten(hand: Hand, n: number) {
  const [row] = await hand(
    `update ledger.fact f set body = jsonb_set(body, '{present}', '9999') where (org_id, id) = (select org_id, fact_id from ledger.entry where n = $1)
    returning actor_id as "actorId", body::text as body, happened_on::text as "happenedOn", id, kind, operation, org_id as "orgId",
      person_id as "personId", to_char(recorded_at at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') as "recordedAt", subject`,
    [n],
  )
  await hand(`update ledger.entry set leaf = decode($2, 'hex') where n = $1`, [n, leafHash(leafText(row))])
}

/** Signs the last head again with another key. */
export async function resign(hand: Hand, folder: string, signer: Signer) {
  const { heads } = await readHeads(folder)
  const head = heads.at(-1)!
  await hand(`update ledger.head set key_id = $1, signature = decode($2, 'base64') where size = $3`, [
    signer.keyId,
    signer.sign(headText(head)),
    head.size,
  ])
}
