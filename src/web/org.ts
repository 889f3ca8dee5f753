import { useNavigate, useSearch } from '@tanstack/react-router'
import { useRead } from './api.ts'
import { type OrgRef, useSession } from './session.ts'

const keyOf = (accountId: string) => `rongjian.org.${accountId}`

/**
 * The organisation this page is about: from the address (`?org=`), else the one used last in this tab or browser, else the first of
 * the person. Undefined only for someone without any. `choose` writes it into the address and remembers it.
 */
export function useOrg(): { org: OrgRef | undefined; orgs: OrgRef[]; choose: (org: OrgRef) => void } {
  const session = useSession()
  const { org: asked } = useSearch({ strict: false }) as { org?: string }
  const navigate = useNavigate()
  const remembered = read(session.account.id)
  const known = [...session.orgs, ...remembered]
  const own = known.find(({ id }) => id === asked)
  // One below the own, as when a committee opens the result of a branch: only the server knows its name.
  const { data: below } = useRead('organisation.get', { id: asked ?? '' }, { enabled: Boolean(asked) && !own })
  const named = asked ? (own ?? { id: asked, name: below?.name ?? '', kind: below?.kind ?? '' }) : undefined

  return {
    org: named ?? remembered[0] ?? session.orgs[0],
    orgs: session.orgs,
    choose: (org) => {
      remember(session.account.id, org)
      void navigate({ to: '.', search: (before: object) => ({ ...before, org: org.id }) } as never)
    },
  }
}

function read(accountId: string): OrgRef[] {
  const texts = [storageText(() => sessionStorage, keyOf(accountId)), storageText(() => localStorage, keyOf(accountId))]
  return texts.flatMap((text) => (text ? [JSON.parse(text) as OrgRef] : []))
}

function remember(accountId: string, org: OrgRef) {
  const { id, name, kind } = org
  for (const storage of [sessionStorage, localStorage]) storage.setItem(keyOf(accountId), JSON.stringify({ id, name, kind }))
}

function storageText(storage: () => Storage, key: string): string | null {
  try {
    return storage().getItem(key)
  } catch {
    return null
  }
}
