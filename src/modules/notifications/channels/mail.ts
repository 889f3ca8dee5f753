import { createTransport } from 'nodemailer'
import type { Send } from '../services.ts'

export interface MailSettings {
  host: string
  port: number
  /** TLS from the first byte (465); otherwise STARTTLS is asked for wherever the server offers it. */
  secure: boolean
  user?: string
  password?: string
  from: string
  /** A server inside the unit with a certificate of its own. */
  ownCertificate?: boolean
}

/** Sends by the unit's own mail server; one connection a message, ten seconds for each step. */
export function mailBy({ host, port, secure, user, password, from, ownCertificate }: MailSettings): Send {
  const transport = createTransport({
    host,
    port,
    secure,
    connectionTimeout: 10_000,
    greetingTimeout: 10_000,
    socketTimeout: 20_000,
    disableFileAccess: true,
    disableUrlAccess: true,
    ...(user ? { auth: { user, pass: password ?? '' } } : {}),
    ...(ownCertificate ? { tls: { rejectUnauthorized: false } } : {}),
  })
  return async (to, { subject, body }) => void (await transport.sendMail({ from, to, subject, text: body }))
}
