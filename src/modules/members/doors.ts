import type { FactCtx } from '#ledger/facts.ts'
import type { Leaving } from './contract.ts'

/** What a higher module has to say before somebody leaves a roster or is entered on one by hand; it refuses by throwing. */
export interface Door {
  leaving?: (ctx: FactCtx, personId: string) => Promise<void>
  /** Told after somebody has moved from one roster to another; what it keeps moves along. */
  moved?: (ctx: FactCtx, move: { personId: string; fromOrgId: string; toOrgId: string; on: string }) => Promise<void>
  /** Told after somebody has left the last roster here, or was never rightly on it. */
  left?: (ctx: FactCtx, leaving: { personId: string; orgId: string; on: string; reason: Leaving }) => Promise<void>
  entering?: (ctx: FactCtx, person: { orgId: string; name: string; joined: string | null }) => Promise<void>
}

const doors: Door[] = []

/** Called by a higher module when it is loaded. */
export const onDoor = (door: Door): void => void doors.push(door)

/** Asks all doors whether this person may leave the roster they stand on. */
export async function askToLeave(ctx: FactCtx, personId: string): Promise<void> {
  for (const { leaving } of doors) await leaving?.(ctx, personId)
}

/** Asks all doors whether somebody of this name may be entered by hand; `joined` is the text of the joining date. */
export async function askToEnter(ctx: FactCtx, person: { orgId: string; name: string; joined: string | null }): Promise<void> {
  for (const { entering } of doors) await entering?.(ctx, person)
}

/** Tells all doors that somebody has moved. */
export async function tellMoved(ctx: FactCtx, move: Parameters<NonNullable<Door['moved']>>[1]): Promise<void> {
  for (const { moved } of doors) await moved?.(ctx, move)
}

/** Tells all doors that somebody stands on no roster any more. */
export async function tellLeft(ctx: FactCtx, leaving: Parameters<NonNullable<Door['left']>>[1]): Promise<void> {
  for (const { left } of doors) await left?.(ctx, leaving)
}
