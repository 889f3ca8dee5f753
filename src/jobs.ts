import pg from 'pg'
import { getConstructionPlans, PgBoss } from 'pg-boss'
import type { Installation } from './installation.ts'

/** Work that comes round by the clock. Each run is one job in the database, so several processes do it once. */
export interface Recurring {
  name: string
  /** Five cron fields, in Asia/Shanghai. */
  cron: string
  run: () => Promise<unknown>
}

/** Starts the queue and its recurring work; answers how to stop it. A job that fails is tried again and seen in the log. */
export async function startJobs(
  { owner, app }: Pick<Installation, 'owner' | 'app'>,
  recurring: readonly Recurring[],
  onError: (error: unknown) => void,
) {
  await prepareQueue(owner)
  const boss = new PgBoss({ ...app, max: 2, migrate: false, createSchema: false, application_name: 'rongjian jobs' } as never)
  boss.on('error', onError)
  await boss.start()
  for (const { name, cron, run } of recurring) {
    await boss.createQueue(name, { retryLimit: 3, retryDelay: 60 } as never)
    await boss.work(name, async () => void (await run()))
    await boss.schedule(name, cron, {}, { tz: 'Asia/Shanghai' })
  }
  return () => boss.stop({ graceful: true, timeout: 5000 })
}

/** The queue's own tables belong to the owner like all others; the runtime login works in them. */
async function prepareQueue(owner: pg.PoolConfig) {
  const client = new pg.Client(owner as pg.ClientConfig)
  await client.connect()
  try {
    const { rows } = await client.query(`select 1 from pg_namespace where nspname = 'pgboss'`)
    if (rows.length === 0) await client.query(getConstructionPlans())
    await client.query('grant usage on schema pgboss to rongjian_app')
    await client.query('grant all on all tables in schema pgboss to rongjian_app')
    await client.query('grant execute on all functions in schema pgboss to rongjian_app')
  } finally {
    await client.end()
  }
}
