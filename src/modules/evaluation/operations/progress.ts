import { z } from 'zod'
import { query } from '#kernel/operation.ts'
import type { Progress, Tell } from '../engine/turns.ts'

/** How far long calculations of this process are, by the ticket that the page made. Never stored; the oldest are forgotten. */
const running = new Map<string, Progress>()
const KEPT = 50

export const Ticket = z.uuid().optional()

/** Keeps what is told under a ticket; without one nothing is kept. */
export function following(ticket: string | undefined): Tell {
  if (!ticket) return () => {}
  if (running.size >= KEPT) running.delete(running.keys().next().value!)
  return (progress) => void running.set(ticket, progress)
}

export const progress = query('evaluation.progress', {
  title: '看试算算到哪里',
  input: z.object({ ticket: z.uuid() }),
  output: z.object({ doing: z.string(), done: z.int(), total: z.int() }),
  may: (actor) => actor.holdsAnywhere('evaluation.manage'),
  run: async (_ctx, { ticket }) => running.get(ticket) ?? { doing: '正在准备', done: 0, total: 0 },
})
