import { useRead } from '#web/api.ts'
import { holds, useSession } from '#web/session.ts'

/** How many requests this person can answer now. */
export function useToAnswer(): number | undefined {
  const session = useSession()
  const { data } = useRead('requests.list', { view: 'toAnswer', limit: 1 }, { enabled: holds(session, 'requests.answer') })
  return data?.counts.toAnswer || undefined
}
