export interface Check {
  /** What was looked at, in Chinese. */
  name: string
  level: 'ok' | 'warn' | 'bad'
  says: string
  /** What to do, unless the level is ok. */
  remedy?: string
}

/** All is well. */
export const ok = (name: string, says: string): Check => ({ name, level: 'ok', says })
/** It works, but somebody should see to it. */
export const warn = (name: string, says: string, remedy: string): Check => ({ name, level: 'warn', says, remedy })
/** Data or secrecy is in danger, or it does not work. */
export const bad = (name: string, says: string, remedy: string): Check => ({ name, level: 'bad', says, remedy })
