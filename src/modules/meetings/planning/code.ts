import { createHmac, timingSafeEqual } from 'node:crypto'

/** A code holds for this long on the screen, in seconds, and is taken for two turns after. */
export const TURN = 20
const TAKEN_FOR = 2

/** What the code on the screen says now: the plan, the turn, and a signature that only this server can make. */
export const codeNow = (planId: string, key: string, now: Date): { token: string; secondsLeft: number } => {
  const seconds = Math.floor(now.getTime() / 1000)
  const turn = Math.floor(seconds / TURN)
  return { token: tokenOf(planId, key, turn), secondsLeft: TURN - (seconds % TURN) }
}

const tokenOf = (planId: string, key: string, turn: number) => `${planId}.${turn}.${macOf(planId, key, turn)}`
const macOf = (planId: string, key: string, turn: number) =>
  createHmac('sha256', key).update(`${planId}.${turn}`).digest('base64url').slice(0, 22)

/** The plan a code names, before anything of it is believed. */
export const planOfCode = (token: string): string => token.slice(0, token.indexOf('.'))

/** `fresh`: shown just now; `old`: really shown, but a while ago; undefined: never shown by this server. */
export function readCode(token: string, key: string, now: Date): 'fresh' | 'old' | undefined {
  const [planId = '', turn = '', mac = ''] = token.split('.')
  const right = Buffer.from(macOf(planId, key, Number(turn)))
  const given = Buffer.from(mac)
  if (given.length !== right.length || !timingSafeEqual(given, right)) return undefined
  const age = Math.floor(now.getTime() / 1000 / TURN) - Number(turn)
  return age < 0 ? undefined : age <= TAKEN_FOR ? 'fresh' : 'old'
}
