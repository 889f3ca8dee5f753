import { useQueryClient } from '@tanstack/react-query'
import { useEffect } from 'react'

/** What may have changed when a person is told something. */
const FOLLOWERS = ['notifications', 'tasks']

/** Reads notices and to-dos again as soon as the server says that something is new, and whenever the connection begins anew. */
export function useLive(): void {
  const client = useQueryClient()
  useEffect(() => {
    const source = new EventSource('/api/live')
    const readAgain = () =>
      void client.invalidateQueries({ predicate: ({ queryKey }) => FOLLOWERS.includes(String(queryKey[0]).split('.')[0]!) })
    source.addEventListener('open', readAgain)
    source.addEventListener('news', readAgain)
    source.addEventListener('over', () => source.close())
    return () => source.close()
  }, [client])
}
