import {
  MutationCache,
  QueryCache,
  QueryClient,
  type UseMutationResult,
  useInfiniteQuery,
  useIsMutating,
  useMutation,
  useQuery,
  useQueryClient,
} from '@tanstack/react-query'
import { useEffect, useRef } from 'react'
import type { Api } from '../platform.ts'
import { keep, useGone } from './outbox.ts'
import { askProof } from './proof.ts'
import { ApiError, addressOf, ask, hand, newKey, tell, Unreachable } from './request.ts'
import { SESSION, type Session } from './session.ts'
import { markSignedOut } from './signedOut.ts'

export { ApiError, Unreachable } from './request.ts'

export type Name = keyof Api & string
type Input<N extends Name> = Api[N]['input']
type Output<N extends Name> = Api[N]['output']
type Item<N extends Name> = Output<N> extends { items: readonly (infer T)[] } ? T : any
type Refused = ApiError | Unreachable

export const cache = new QueryClient({
  queryCache: new QueryCache({ onError: noticeSignedOut }),
  mutationCache: new MutationCache({ onError: noticeSignedOut }),
  defaultOptions: {
    queries: {
      staleTime: 15_000,
      networkMode: 'always',
      retry: (count, error) => count < 2 && !(error instanceof ApiError && error.status < 500),
    },
    mutations: { networkMode: 'always', retry: 0 },
  },
})

/** Reads a query: its name and input are the cache key. `enabled: false` waits. */
export function useRead<N extends Name>(name: N, input: Input<N>, options: { enabled?: boolean; refetchInterval?: number } = {}) {
  return useQuery<Output<N>, Refused>({ queryKey: [name, input], queryFn: ({ signal }) => ask(name, input, signal), ...options })
}

/** Reads a list page by page: `items` of all pages read so far, and `more()` while there is a next one. */
export function useReadPages<N extends Name>(name: N, input: Input<N>, options: { enabled?: boolean } = {}) {
  const pages = useInfiniteQuery({
    queryKey: [name, input, 'pages'],
    queryFn: ({ pageParam, signal }) =>
      ask<{ items: Item<N>[]; next: string | null }>(name, { ...input, ...(pageParam ? { after: pageParam } : {}) }, signal),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    ...options,
  })
  const items = pages.data?.pages.flatMap((page) => page.items) ?? []
  const more = pages.hasNextPage ? () => void pages.fetchNextPage() : undefined
  const again = () => void pages.refetch()
  const state = { isPending: pages.isPending, isFetching: pages.isFetching, error: pages.error as Refused | null, again, more }
  return {
    items,
    first: pages.data?.pages[0] as Output<N> | undefined,
    ...state,
    /** What a ListTable needs to show them. */
    table: { rows: items, ...state },
  }
}

interface Doing {
  /** Without a connection the input is kept on this machine and sent later. Never for secrets or id numbers. */
  keepOffline?: string
}

/**
 * Does a command. The same input, sent again after the connection failed, carries the same key, so it has its effect once.
 * Afterwards everything shown from the same module is read again.
 */
export function useCommand<N extends Name>(name: N, { keepOffline }: Doing = {}) {
  const client = useQueryClient()
  const keyFor = useKeyOfInput()
  const mutation = useMutation<Output<N>, Refused, Input<N>>({
    mutationFn: async (input) => {
      const key = keyFor.of(input)
      try {
        return await proving(() => tell<Output<N>>(name, input as object, key))
      } catch (error) {
        if (!(error instanceof Unreachable) || !keepOffline) throw error
        const session = client.getQueryData<Session>([SESSION, {}])
        throw keep({ key, name, input, title: keepOffline, account: session?.account.id ?? '' })
      }
    },
    onSuccess: () => {
      keyFor.forget()
      return readAgain(client, name)
    },
  })
  // What could not be sent at once has been sent since: nothing is wrong any more.
  const gone = useGone(mutation.error instanceof Unreachable ? mutation.error.kept : undefined)
  const { reset } = mutation
  useEffect(() => {
    if (gone) reset()
  }, [gone, reset])
  return heard(mutation)
}

/** True while any command is being done or what it changed is read again: a step taken then would rest on what was before. */
export const useBusy = (): boolean => useIsMutating() > 0

interface Heard<I, O> {
  onSuccess?: (answer: O, input: I) => void
  onError?: (error: Refused) => void
}

/** What was done is said even when reading again has meanwhile taken away the part of the page that asked for it. */
function heard<I, O>(mutation: UseMutationResult<O, Refused, I>) {
  const mutate = (input: I, { onSuccess, onError }: Heard<I, O> = {}) =>
    void mutation.mutateAsync(input).then(
      (answer) => onSuccess?.(answer, input),
      (error: Refused) => onError?.(error),
    )
  return { ...mutation, mutate }
}

/** What asks for a fresh factor is done again, once the person has shown one. */
async function proving<T>(go: () => Promise<T>): Promise<T> {
  try {
    return await go()
  } catch (error) {
    if (!(error instanceof ApiError && error.code === 'prove-self' && (await askProof()))) throw error
    return go()
  }
}

/** Does a command that brings a file: `mutate({ input, file })`. */
export function useUpload<N extends Name>(name: N) {
  const client = useQueryClient()
  const keyFor = useKeyOfInput()
  const mutation = useMutation<Output<N>, Refused, { input: Input<N>; file: File }>({
    mutationFn: ({ input, file }) => hand(name, input as object, file, keyFor.of([input, file.name, file.size, file.lastModified])),
    onSuccess: () => {
      keyFor.forget()
      return readAgain(client, name)
    },
  })
  return heard(mutation)
}

/** The address of a file to download. */
export const downloadOf = <N extends Name>(name: N, input: Input<N>): string => addressOf(name, input as object)

/** Marks everything read from the modules of these operations as old, so that what is shown is read again. */
export const readAgain = (client: QueryClient, ...names: string[]) => {
  const modules = new Set(names.map((name) => name.split('.')[0]))
  // Duties, scores and search follow the facts of every module.
  for (const follower of ['duties', 'evaluation', 'search']) modules.add(follower)
  return client.invalidateQueries({ predicate: ({ queryKey }) => modules.has(String(queryKey[0]).split('.')[0]) })
}

/** One key per input until it succeeds or is refused; another input is another command. */
function useKeyOfInput() {
  const last = useRef<{ text: string; key: string } | null>(null)
  return {
    of: (input: unknown) => {
      const text = JSON.stringify(input)
      if (last.current?.text !== text) last.current = { text, key: newKey() }
      return last.current.key
    },
    forget: () => {
      last.current = null
    },
  }
}

function noticeSignedOut(error: unknown) {
  if (error instanceof ApiError && error.status === 401) markSignedOut(true)
}
