/**
 * What the pages before sign-in ask of identity. All these operations are open; those that begin a session set its cookies
 * themselves and answer `{ next: 'in' }`.
 */
export interface EntryApi {
  /** What an unknown visitor may know. */
  'identity.welcome': {
    input: Record<string, never>
    output: {
      unit: { name: string } | null
      /** empty: nobody has an account yet; officers: not all three offices are held; ready. */
      stage: 'empty' | 'officers' | 'ready'
      /** Another way to sign in, where one is configured: what its button says, and where it leads. */
      provider: { label: string; to: string } | null
      passwordRule: string
      version: string
    }
  }
  'identity.signIn': { input: { login: string; password: string }; output: Next }
  /** The second step, with the ticket of the first. */
  'identity.confirmTotp': { input: { ticket: string; code: string }; output: Next }
  /** Replaces a password that has to be replaced, with the ticket of the first step. */
  'identity.replacePassword': { input: { ticket: string; password: string }; output: Next }
  /** First or replaced password, by a one-time code from a slip. */
  'identity.activate': { input: { login: string; code: string; password: string }; output: Next }
  /** First run: the unit and its first 系统管理员, by the code that the start command printed. */
  'identity.begin': { input: { code: string; unitName: string; name: string; login: string; password: string }; output: Next }
}

export type Next =
  | { next: 'in' }
  | { next: 'totp'; ticket: string }
  /** The password must be replaced first: expired, or given in presence. */
  | { next: 'newPassword'; ticket: string; reason: string }

export type Welcome = EntryApi['identity.welcome']['output']
