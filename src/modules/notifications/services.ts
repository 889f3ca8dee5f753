import type { FieldCipher } from '#runtime/fieldCipher.ts'
import type { Channel, RobotKey } from './contract.ts'

export interface Message {
  subject: string
  body: string
}

/** One way out of the system. Throws when the other side did not take the message over. */
export type Send = (to: string, message: Message) => Promise<void>

export interface Channels {
  /** Only what the unit has configured. */
  channels: Partial<Record<Channel, Send>>
  /** Where the addresses of group robots may lead, by service. */
  robotOrigins?: Partial<Record<RobotKey, string>>
}

interface Services extends Channels {
  cipher: FieldCipher
}

let given: Services | undefined

/** Sets, once at start, the keys for sealed addresses and the ways out that are configured. */
export function notificationServices(services: Services): void {
  given = services
}

export function services(): Services {
  if (!given) throw new Error('notificationServices was not called at start')
  return given
}

export const robotOrigins = (): Partial<Record<RobotKey, string>> => services().robotOrigins ?? {}

/** An address sealed for the row of its person or organisation. */
export const sealAddress = (plain: string, table: 'mailbox' | 'robot', row: string): string =>
  services().cipher.seal(plain, placeOf(table, row))
export const openAddress = (sealed: string, table: 'mailbox' | 'robot', row: string): string =>
  services().cipher.open(sealed, placeOf(table, row))

const placeOf = (table: string, row: string) => ({ table: `notifications.${table}`, column: 'address_sealed', row })
