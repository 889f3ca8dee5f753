import { check, type Warning } from './engine/healthCheck.ts'
import { fingerprint as fingerprintOf } from './engine/load.ts'
import type { Scheme } from './engine/scheme.ts'
import { type Declared, knownMeasures } from './known.ts'
import { schemeOf as readSchemeText } from './operations/evaluating.ts'

export { type Evaluation, evaluationText, firstDifference } from './engine/evaluate.ts'
export { keepPublished } from './tally.ts'
export { fingerprintOf, readSchemeText }

/** 指标体检 of a scheme against what the modules of this installation can feed. */
export const healthOf = (scheme: Scheme, declared: Declared): Warning[] => check(scheme, knownMeasures(declared))
