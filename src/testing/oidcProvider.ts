import { createServer } from 'node:http'
import type { AddressInfo } from 'node:net'
import Provider from 'oidc-provider'
import type { OidcSettings } from '#modules/identity/published.ts'

const SECRET = 'a secret of the test'

/**
 * A real sign-in service on a free port of this machine, under the name `host`; whoever comes is the person whose 工号 they type as
 * login, and `nameless` is somebody without one. It sends people back to these addresses only.
 */
export async function startProvider(redirectUris: string[], host = '127.0.0.1') {
  const server = createServer()
  await new Promise<void>((up) => server.listen(0, '127.0.0.1', up))
  const issuer = `http://${host}:${(server.address() as AddressInfo).port}`
  const provider = new Provider(issuer, {
    clients: [{ client_id: 'rongjian', client_secret: SECRET, redirect_uris: redirectUris }],
    claims: { openid: ['sub', 'employee_number'], profile: [] },
    conformIdTokenClaims: false,
    findAccount: (_ctx: unknown, id: string) => ({
      accountId: id,
      claims: () => ({ sub: id, ...(id === 'nameless' ? {} : { employee_number: id }) }),
    }),
    interactions: { url: (_ctx: unknown, { uid }: { uid: string }) => `/interaction/${uid}` },
    features: { devInteractions: { enabled: true } },
    cookies: { keys: ['of the test'] },
    pkce: { required: () => true },
  })
  server.on('request', provider.callback())
  const settings: OidcSettings = { issuer, clientId: 'rongjian', clientSecret: SECRET, label: '集团统一登录', claim: 'employee_number' }
  return {
    settings,
    stop() {
      server.closeAllConnections()
      server.close()
    },
  }
}
