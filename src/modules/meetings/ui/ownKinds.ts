import { useRead } from '#web/api.ts'
import type { Api } from '../../../platform.ts'

export type OwnKind = Api['meetings.ownKinds']['output']['items'][number]

/** The kinds of meeting that an organisation or one above it added; none while they are on their way. */
export function useOwnKinds(orgId: string | undefined): OwnKind[] {
  return useRead('meetings.ownKinds', { orgId: orgId ?? '' }, { enabled: orgId !== undefined }).data?.items ?? []
}

/** What the chosen one is called. */
export const ownName = (own: readonly OwnKind[], id: string | null | undefined): string | undefined => own.find((k) => k.id === id)?.name
