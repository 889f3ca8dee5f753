import { randomUUID } from 'node:crypto'
import type { service } from './command.ts'

const PASSWORD = '海阔凭鱼跃-天高任鸟飞翔'

export interface Reply {
  status: number
  body: any
}
export type Client = ReturnType<typeof client>

/** A browser's cookies over real HTTP: signs in to a service in another process, and stays signed in when that one begins anew. */
export function client(address: string) {
  const jar = new Map<string, string>()
  const me = {
    address,
    jar,
    async post(operation: string, input: unknown, more: { key?: string; file?: { name: string; data: Buffer } } = {}): Promise<Reply> {
      const headers: Record<string, string> = {
        cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; '),
        'x-csrf': jar.get('__Host-csrf') ?? '',
        'idempotency-key': more.key ?? randomUUID(),
        ...(more.file ? {} : { 'content-type': 'application/json' }),
      }
      const body = more.file ? formOf(input, more.file) : JSON.stringify(input)
      return read(await fetch(`${me.address}/api/${operation}`, { method: 'POST', headers, body }))
    },
    async get(operation: string, input: Record<string, string>): Promise<Reply> {
      const headers = { cookie: [...jar].map(([name, value]) => `${name}=${value}`).join('; ') }
      return read(await fetch(`${me.address}/api/${operation}?${new URLSearchParams(input)}`, { headers }))
    },
  }
  async function read(response: Response): Promise<Reply> {
    for (const cookie of response.headers.getSetCookie()) {
      const [, name, value] = /^([^=]+)=([^;]*)/.exec(cookie)!
      jar.set(name!, decodeURIComponent(value!))
    }
    const text = await response.text()
    return { status: response.status, body: text.startsWith('{') || text.startsWith('[') ? JSON.parse(text) : text }
  }
  return me
}

function formOf(input: unknown, { name, data }: { name: string; data: Buffer }) {
  const form = new FormData()
  form.set('input', JSON.stringify(input))
  form.set('file', new Blob([new Uint8Array(data)]), name)
  return form
}

/** Does the first run of an empty installation that was just started; answers the 系统管理员 and the 党务干部 of the whole unit. */
export async function firstPeople({ address, said }: Awaited<ReturnType<typeof service>>): Promise<{ system: Client; worker: Client }> {
  const code = /一次性代码 (\S+)/.exec(said.text)![1]
  const system = client(address)
  const unit = { code, unitName: '示例矿业集团有限公司', name: '王某某', login: 'A1001', password: PASSWORD }
  await done(system, 'identity.firstRun', unit)
  const { slip } = await done(system, 'identity.issueOffice', { office: 'partyAffairsWorker', name: '赵某某', login: 'A1004' })
  const worker = client(address)
  await done(worker, 'identity.activate', { login: 'A1004', code: slip.code, password: PASSWORD })
  return { system, worker }
}

/** Posts and expects success. */
export async function done(by: Client, operation: string, input: unknown, more: Parameters<Client['post']>[2] = {}): Promise<any> {
  const { status, body } = await by.post(operation, input, more)
  if (status !== 200) throw new Error(`${operation} answered ${status}: ${JSON.stringify(body)}`)
  return body
}
