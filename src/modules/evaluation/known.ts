import type { Measure, ObjectSource } from '#kernel/measure.ts'
import { BELOW } from './below.ts'

/** What the other modules declare for evaluations. This module imports none of them: it is given this. */
export interface Declared {
  measures: readonly Measure[]
  objects: readonly ObjectSource[]
}

/** The kinds of objects and measures a scheme may name, for its health check. */
export const knownMeasures = ({ measures }: Declared) =>
  measures.map(({ key, title, filters }) => ({ key, title, filters: { ...filters, ...BELOW } }))
