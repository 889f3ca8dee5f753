import type { Actor, Grant, Who } from '#kernel/actor.ts'
import type { Db } from '#kernel/database.ts'
import type { FieldCipher } from '#runtime/fieldCipher.ts'
import type { PasswordHasher } from '#runtime/password.ts'

/** What identity needs from the program that starts it. */
export interface IdentityServices {
  hasher: PasswordHasher
  cipher: FieldCipher
  /** The actor of a person on a day (YYYY-MM-DD), from what all modules say. */
  actorOf: (db: Db, who: Omit<Who, 'grants'> & { grants?: readonly Grant[] }, day: string) => Promise<Actor>
  /** The grants of a role that is bound to no organisation. */
  grantsOfRole: (role: string) => readonly Grant[]
  version: string
  /** What an operation is called in the menus, for those who read the audit. */
  titleOf?: (operation: string) => string
  /** The unit's own sign-in service, if it has one. */
  oidc?: OidcSettings | null
  /** Waits, in milliseconds; for slowing down attacks. */
  pause?: (milliseconds: number) => Promise<unknown>
}

export interface OidcSettings {
  issuer: string
  clientId: string
  clientSecret: string
  /** What the button says. */
  label: string
  /** The claim of the id token that holds the 工号. */
  claim: string
}

let current: IdentityServices | undefined

/** Sets the services once at start, and answers them. */
export function identityServices(services: IdentityServices): IdentityServices {
  current = services
  return services
}

/** The services of this program; throws before they are set. */
export function services(): IdentityServices {
  if (!current) throw new Error('identityServices was not called at start')
  return current
}
