import { z } from 'zod'

/** sha-256 as 64 hex digits. */
const Digest = z.string().regex(/^[0-9a-f]{64}$/)

/** subject is the entry, scheme or run; orgId the organisation the value is about, or the one that owns the scheme. */
export const evaluationFacts = {
  /** A value entered by hand; the digest binds its content, source and place in the scheme. happenedOn is the last day of its period. */
  'value.entered': z.object({ digest: Digest }),
  'scheme.published': z.object({ fingerprint: Digest, edition: z.int().min(1) }),
  'scheme.withdrawn': z.object({}),
  'run.published': z.object({ schemeId: z.uuid(), fingerprint: Digest, through: z.int().min(0), digest: Digest, asAt: z.iso.date() }),
  'run.finalised': z.object({ digest: Digest }),
}
