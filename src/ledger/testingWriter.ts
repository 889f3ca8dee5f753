import { createPrivateKey } from 'node:crypto'
import { openDatabase } from '#kernel/database.ts'
import { startSequencer } from './sequencer.ts'
import { signerOf } from './signing.ts'
import { recordMeetings } from './testing.ts'

/** A process of its own for the kill tests: writes and numbers without end, and names on standard output what is committed. */
const { url, heads, key } = JSON.parse(process.argv[2]!)
const { db } = openDatabase(url, { max: 6 })
const sequencer = startSequencer({ db, heads, signer: signerOf(createPrivateKey(key)), pollMs: 50 })
const write = async () => {
  for (let i = 0; ; i++) {
    const ids = await recordMeetings(db, 1 + (i % 4))
    process.stdout.write(`${ids.join('\n')}\n`)
  }
}
// Asking for heads all the time makes it likely that the end comes in the middle of one.
const drain = async () => {
  for (;;) await sequencer.drain()
}
await Promise.all([write(), write(), write(), drain()])
