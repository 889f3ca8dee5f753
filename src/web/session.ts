import { useQuery } from '@tanstack/react-query'
import type { z } from 'zod'
import type { Session as SessionShape } from '#modules/identity/contract.ts'
import { type ApiError, ask } from './request.ts'

/** Who is signed in, and what they may do where: the answer of `identity.session`. */
export type Session = z.output<typeof SessionShape>
export type OrgRef = Session['orgs'][number]

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

/** The offices of the person in words, e.g. 系统管理员. */
export const officesOf = ({ account }: Session): string => account.offices.join('、')
