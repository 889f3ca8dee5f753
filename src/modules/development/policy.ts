import type { Actor } from '#kernel/actor.ts'
import { all, conflict, type Verdict } from '#kernel/errors.ts'
import { stepRule } from './steps.ts'
import type { CourseRow } from './store.ts'

type Placed = Pick<CourseRow, 'path' | 'above' | 'state'>

const isOpen = ({ state }: Placed): Verdict =>
  state === 'open' || conflict('not-open', state === 'done' ? '已经办结归档' : '已经停止发展，不能再办')

/** Steps of the superior are taken from above, all others in the branch. */
export const mayTake = (a: Actor, c: Placed, no: number): Verdict =>
  all(stepRule(no).by === 'superior' ? a.holds('development.approve', c.above) : a.holds('development.manage', c.path), isOpen(c))

export const mayManage = (a: Actor, c: Placed): Verdict => all(a.holds('development.manage', c.path), isOpen(c))

/** A finished course is still put right where a date was wrong. */
export const mayCorrect = (a: Actor, c: Placed): Verdict => a.holds('development.manage', c.path)
