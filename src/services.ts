import type { Keys } from '#runtime/keys.ts'

/** Gives the modules what lies outside the database: keys for sealed fields and the password queue. Called once, at opening. */
export function setServices(_keys: Keys): void {}
