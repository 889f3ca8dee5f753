import { useCallback, useEffect, useState } from 'react'
import type { Next } from '#modules/identity/contract.ts'
import { ask, newKey, tell } from '../request.ts'
import { FirstRunPage } from './FirstRunPage.tsx'
import { SignInPage } from './SignInPage.tsx'
import type { Welcome } from './useEntryCommand.ts'

/** Sign-in at once; first run in its place once the server says that nobody has an account yet. */
export function EntryPage({ onSignedIn }: { onSignedIn: () => void }) {
  const [welcome, setWelcome] = useState<Welcome | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const [after, setAfter] = useState<Next | null>(null)
  const load = useCallback(() => {
    setProblem(null)
    ask<Welcome>('identity.welcome', {}).then(setWelcome, (error: Error) => setProblem(error.message))
  }, [])
  useEffect(() => {
    const goOn = (next: Next) => (next.next === 'in' ? onSignedIn() : setAfter(next))
    load()
    if (location.pathname === '/oidc') finishUnitSignIn().then(goOn, (error: Error) => setProblem(error.message))
  }, [load, onSignedIn])

  if (welcome?.stage === 'empty') return <FirstRunPage welcome={welcome} onSignedIn={onSignedIn} />
  return <SignInPage after={after} welcome={welcome} problem={problem} again={load} onSignedIn={onSignedIn} />
}

/** Coming back from the unit's own service: its answer stands in the address. */
async function finishUnitSignIn(): Promise<Next> {
  const address = location.href
  history.replaceState(null, '', '/')
  return tell<Next>('identity.oidcFinish', { address }, newKey())
}
