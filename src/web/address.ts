import { useNavigate, useSearch } from '@tanstack/react-router'

/**
 * What the address says after its "?", and `change`, which puts some of it anew and leaves the rest as it stands at that
 * moment: an answer that comes late takes back nothing chosen meanwhile. `undefined` takes a part out of the address.
 */
export function useAddress<Search extends object>(): [Search, (change: Partial<{ [K in keyof Search]: Search[K] | undefined }>) => void] {
  const search = useSearch({ strict: false }) as Search
  const navigate = useNavigate()
  return [search, (change) => void navigate({ to: '.', search: (before: object) => said({ ...before, ...change }) } as never)]
}

const said = (search: object) => Object.fromEntries(Object.entries(search).filter(([, value]) => value !== undefined))
