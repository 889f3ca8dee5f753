import { dateAt } from '#kernel/civilDate.ts'
import { remindDuties } from '#modules/duties/published.ts'
import { keepPublished } from '#modules/evaluation/published.ts'
import { sweepFiles } from '#modules/files/published.ts'
import { signInOf, sweepIdentity } from '#modules/identity/published.ts'
import { makeDigests, sendDue, sweepNotifications } from '#modules/notifications/published.ts'
import { remindReviews } from '#modules/rulebook/published.ts'
import { remindProjects } from '#modules/standards/published.ts'
import { escalateTasks } from '#modules/tasks/published.ts'
import { createLogger } from '#runtime/log.ts'
import { refusal } from '#runtime/refusal.ts'
import { isLoopback, loadTls, selfSignedTls, type Tls } from '#runtime/tls.ts'
import { type Installation, installModules } from '../installation.ts'
import { startJobs } from '../jobs.ts'
import { declared } from '../platform.ts'
import { buildServer } from '../server.ts'
import { type Given, textOf } from './command.ts'

/** Serves until the process is asked to stop; requests under way are finished first. */
export async function serve(
  installation: Installation,
  given: Given,
  greet: (address: string) => string,
  now: () => Date = () => new Date(),
): Promise<void> {
  const { values, out } = given
  const host = textOf(values.host) ?? '127.0.0.1'
  const port = Number(textOf(values.port) ?? 8600)
  if (!Number.isInteger(port) || port < 0 || port > 65535) throw refusal('bad-port', '端口应是 0 到 65535 的整数')
  const behindProxy = textOf(values['behind-proxy'])
  const tls = behindProxy ? undefined : await tlsFor(installation, host, values)
  const logger = createLogger()
  const app = await buildServer(installation, {
    logger,
    signIn: signInOf({ db: installation.database.db, now }),
    ...(tls ? { tls } : {}),
    ...(behindProxy ? { behindProxy } : {}),
  })
  const onJobError = (error: unknown) => logger.error({ err: error }, 'job')
  const recurring = [
    { name: 'daily', cron: '5 0 * * *', run: () => installModules(installation.pipeline) },
    { name: 'keep-sums', cron: '40 1 * * *', run: () => keepPublished(installation.database.db, declared, dateAt(now())) },
    { name: 'remind', cron: '20 7 * * *', run: () => remindDuties(installation.database.db) },
    { name: 'remind-reviews', cron: '22 7 * * *', run: () => remindReviews(installation.database.db) },
    { name: 'remind-projects', cron: '24 7 * * *', run: () => remindProjects(installation.database.db) },
    { name: 'escalate', cron: '22 7 * * *', run: () => escalateTasks(installation.database.db) },
    { name: 'digest', cron: '30 7 * * *', run: () => makeDigests(installation.database.db) },
    { name: 'send', cron: '* * * * *', run: () => sendDue(installation.database.db) },
    { name: 'sweep-notifications', cron: '37 3 * * *', run: () => sweepNotifications(installation.database.db) },
    { name: 'sweep-files', cron: '27 3 * * *', run: () => sweepFiles(installation.database.db) },
    { name: 'sweep-identity', cron: '17 * * * *', run: () => sweepIdentity(installation.database.db) },
  ]
  const stopJobs = await startJobs(installation, recurring, onJobError)
  await app.listen({ host, port })
  const address = app.server.address()
  const actual = typeof address === 'object' && address ? address.port : port
  if (tls) out.progress(tls.notice)
  out.progress(greet(`${tls ? 'https' : 'http'}://${host === '0.0.0.0' ? 'localhost' : host}:${actual}`))
  await stopAsked()
  out.progress('正在停止…')
  await app.close()
  await stopJobs()
}

async function tlsFor(installation: Installation, host: string, values: Given['values']): Promise<Tls | undefined> {
  const [cert, key] = [textOf(values['tls-cert']), textOf(values['tls-key'])]
  if (cert && key) return loadTls(cert, key)
  if (cert || key) throw refusal('tls-half', '--tls-cert 和 --tls-key 要一起给')
  return isLoopback(host) ? undefined : selfSignedTls(installation.folder, host)
}

const stopAsked = () =>
  new Promise<void>((resolve) => {
    for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => resolve())
  })
