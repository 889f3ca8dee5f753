import { writeFileSync } from 'node:fs'
import { databaseSource } from '/work/main/src/ledger/databaseSource.ts'
import { exportLedger } from '/work/main/src/ledger/exportFile.ts'
import { startSequencer } from '/work/main/src/ledger/sequencer.ts'
import { ledgerLab } from '/work/main/src/ledger/testing.ts'

const N = Number(process.argv[2])
const lab = await ledgerLab()
const ledger = await lab.ledger()
const t = performance.now()
await ledger.tamper(`insert into ledger.fact select ('00000000-0000-7000-8000-' || lpad(to_hex(i % 6221), 12, '0'))::uuid, gen_random_uuid(), case i % 3 when 0 then 'meeting.held' when 1 then 'membership.begun' else 'duty.met' end,
   gen_random_uuid(), null, date '2025-01-01' + (i % 365), now() - interval '1 day' + i * interval '1 millisecond', 'meetings.sign', gen_random_uuid(),
   jsonb_build_object('present', i % 30, 'expected', 30, 'kind', 'branch-congress', 'attendees', jsonb_build_array(gen_random_uuid(), gen_random_uuid(), gen_random_uuid()), 'late', false)
   from generate_series(1, ${N}) i`)
await ledger.tamper(`insert into ledger.pending select org_id, id, recorded_at from ledger.fact`)
console.log('generated', performance.now() - t)
const seq = startSequencer({ ...ledger, pollMs: 1e6 })
await seq.drain()
await seq.stop()
await ledger.tamper('vacuum analyze')
console.log('numbered', performance.now() - t, process.cpuUsage())
const source = await databaseSource(ledger.url)
await exportLedger(source, ledger.trust, '/tmp/ledgerperf/x.gz')
await source.close()
console.log('exported', performance.now() - t)
writeFileSync(
  '/tmp/ledgerperf/lab.json',
  JSON.stringify({
    url: ledger.url,
    heads: ledger.heads,
    key: ledger.signer.publicKey,
    file: '/tmp/ledgerperf/x.gz',
    pid: await lab.cluster.pid(),
    me: process.pid,
  }),
)
process.on('SIGTERM', async () => {
  await ledger.close()
  await lab.close()
  process.exit()
})
setInterval(() => {}, 1e6)
