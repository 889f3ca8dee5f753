import { useQuery } from '@tanstack/react-query'
import { type ApiError, ask } from './request.ts'

export interface OrgRef {
  id: string
  name: string
  kind: string
}

/** Who is signed in, and what they may do where. The answer of `identity.session`. */
export interface Session {
  account: { id: string; personId: string | null; name: string; offices: string[] }
  capabilities: { capability: string; orgId: string; orgName: string }[]
  orgs: OrgRef[]
  unit: { name: string } | null
  stage: 'empty' | 'officers' | 'ready'
  notices: string[]
}

export const SESSION = 'identity.session'

/** Asks who is signed in; 401 when nobody is. */
export const askSession = () => ask<Session>(SESSION, {})

/** The session of this page. The page is only shown once it is known. */
export function useSession(): Session {
  const { data } = useQuery<Session, ApiError>({ queryKey: [SESSION, {}], queryFn: askSession, staleTime: 60_000 })
  return data!
}

/** True when the person holds the capability in this organisation, or anywhere when none is given. */
export const holds = (session: Session, capability: string, orgId?: string): boolean =>
  session.capabilities.some((held) => held.capability === capability && (orgId === undefined || held.orgId === orgId))
