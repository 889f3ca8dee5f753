import { busy } from '#kernel/errors.ts'
import type { Ctx } from '#kernel/operation.ts'
import { isRefusal } from '#runtime/refusal.ts'
import { sourceOf } from './attempts.ts'
import { services } from './services.ts'

/** Does the password fit? Waits its turn in the queue, so hold no transaction; without a hash it takes as long and answers false. */
export const fits = (ctx: Ctx, hash: string | null | undefined, password: string): Promise<boolean> =>
  orBusy(services().hasher.verify(hash ?? undefined, password, sourceOf(ctx)))

/** The hash to keep of a password. Waits its turn in the queue. */
export const hashed = (ctx: Ctx, password: string): Promise<string> => orBusy(services().hasher.hash(password, sourceOf(ctx)))

async function orBusy<T>(work: Promise<T>): Promise<T> {
  try {
    return await work
  } catch (error) {
    if (isRefusal(error)) throw busy('sign-in-crowded', error.message)
    throw error
  }
}
