import type { Ctx } from '#kernel/operation.ts'
import { check, type Warning } from './engine/healthCheck.ts'
import type { Scheme } from './engine/scheme.ts'
import { type Declared, knownMeasures } from './known.ts'
import { practiceFor } from './practice.ts'

/** 指标体检 of a scheme; for an organisation also how its indicators fared in practice there. */
export async function healthFor(ctx: Ctx, declared: Declared, scheme: Scheme, orgId?: string): Promise<Warning[]> {
  return check(scheme, knownMeasures(declared), orgId ? await practiceFor(ctx, declared, scheme, orgId) : {})
}
