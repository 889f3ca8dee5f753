import {
  allowInsecureRequests,
  authorizationCodeGrant,
  buildAuthorizationUrl,
  type Configuration,
  calculatePKCECodeChallenge,
  discovery,
  randomNonce,
  randomPKCECodeVerifier,
  randomState,
} from 'openid-client'
import { busy, type Refusal } from '#kernel/errors.ts'
import { type OidcSettings, services } from './services.ts'

export interface Leaving {
  url: string
  state: string
  nonce: string
  verifier: string
}

/** Where the browser goes to sign in at the unit's own service, and what has to be remembered until it comes back. */
export async function leave(origin: string): Promise<Leaving> {
  const config = await configuration()
  const [state, nonce, verifier] = [randomState(), randomNonce(), randomPKCECodeVerifier()]
  const url = buildAuthorizationUrl(config, {
    redirect_uri: `${origin}/oidc`,
    scope: 'openid profile',
    code_challenge: await calculatePKCECodeChallenge(verifier),
    code_challenge_method: 'S256',
    state,
    nonce,
  })
  return { url: url.href, state, nonce, verifier }
}

/** The 工号 that the service vouches for; null when it told none. Throws when the answer is not the service's. */
export async function comeBack(address: URL, { state, nonce, verifier }: Omit<Leaving, 'url'>): Promise<string | null> {
  const tokens = await authorizationCodeGrant(await configuration(), address, {
    pkceCodeVerifier: verifier,
    expectedState: state,
    expectedNonce: nonce,
    idTokenExpected: true,
  })
  const claim = tokens.claims()?.[settings().claim]
  return typeof claim === 'string' || typeof claim === 'number' ? String(claim) : null
}

function settings(): OidcSettings {
  const { oidc } = services()
  if (!oidc) throw notSetUp()
  return oidc
}

export const notSetUp = (): Refusal => busy('oidc-not-set-up', '这里没有接单位统一登录，请用账号和密码')

// Asked for when first needed, so that a service that is down does not stop the start; asked again after a failure.
let found: { of: OidcSettings; config: Promise<Configuration> } | undefined

async function configuration(): Promise<Configuration> {
  const of = settings()
  if (found?.of !== of) found = { of, config: discover(of) }
  try {
    return await found.config
  } catch {
    found = undefined
    throw busy('oidc-away', '单位统一登录暂时连不上，请稍后再试，或用账号和密码登录')
  }
}

function discover({ issuer, clientId, clientSecret }: OidcSettings) {
  const server = new URL(issuer)
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(server.hostname)
  return discovery(server, clientId, clientSecret, undefined, {
    timeout: 10,
    ...(local && server.protocol === 'http:' ? { execute: [allowInsecureRequests] } : {}),
  })
}
