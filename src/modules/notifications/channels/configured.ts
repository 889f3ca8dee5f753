import type { DataFolder } from '#runtime/dataFolder.ts'
import { refusal } from '#runtime/refusal.ts'
import { readSettings } from '#runtime/settings.ts'
import { ROBOTS, type RobotKey } from '../contract.ts'
import type { Channels } from '../services.ts'
import { mailBy } from './mail.ts'
import { robot } from './robot.ts'

/**
 * The ways out that the unit has configured: `config/mail.json` for its mail server, `config/robots.json` for the services whose group
 * robots may be told. Without these files nothing is sent anywhere.
 */
export async function channelsOf(folder: DataFolder): Promise<Channels> {
  const robotOrigins = await robotsOf(folder)
  const services = Object.keys(robotOrigins) as RobotKey[]
  const mail = await mailOf(folder)
  return { robotOrigins, channels: { ...(mail ? { mail } : {}), ...Object.fromEntries(services.map((service) => [service, robot])) } }
}

async function mailOf(folder: DataFolder) {
  const said = await readSettings(folder, 'mail', { needed: ['host', 'from'], also: ['port', 'tls', 'user', 'password', 'certificate'] })
  if (!said) return undefined
  const { host, from, port = '465', tls = port === '465' ? 'yes' : 'starttls', user, password, certificate = 'public' } = said
  const known = /^\d{1,5}$/.test(port) && ['yes', 'starttls'].includes(tls) && ['public', 'own'].includes(certificate)
  if (!known) throw refusal('bad-settings', '设置文件 mail.json 有误：port 是端口号；tls 写 yes 或 starttls；certificate 写 public 或 own')
  return mailBy({
    host: host!,
    from: from!,
    port: Number(port),
    secure: tls === 'yes',
    ...(user ? { user, password: password ?? '' } : {}),
    ...(certificate === 'own' ? { ownCertificate: true } : {}),
  })
}

/** `yes` for the public service, or the https address of the unit's own. */
async function robotsOf(folder: DataFolder): Promise<Partial<Record<RobotKey, string>>> {
  const said = (await readSettings(folder, 'robots', { needed: [], also: Object.keys(ROBOTS) })) ?? {}
  const origins: Partial<Record<RobotKey, string>> = {}
  for (const [service, { host }] of Object.entries(ROBOTS) as [RobotKey, { host: string }][]) {
    const given = said[service]
    if (!given) continue
    if (given !== 'yes' && !(URL.canParse(given) && given.startsWith('https://')))
      throw refusal('bad-settings', `设置文件 robots.json 有误：${service} 写 yes，或以 https:// 开头的地址`)
    origins[service] = given === 'yes' ? `https://${host}` : new URL(given).origin
  }
  return origins
}
