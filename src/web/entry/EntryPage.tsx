import { useCallback, useEffect, useState } from 'react'
import { ask, newKey, tell } from '../request.ts'
import { FirstRunPage } from './FirstRunPage.tsx'
import { SignInPage } from './SignInPage.tsx'
import type { Welcome } from './useEntryCommand.ts'

/** Sign-in at once; first run in its place once the server says that nobody has an account yet. */
export function EntryPage({ onSignedIn }: { onSignedIn: () => void }) {
  const [welcome, setWelcome] = useState<Welcome | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const load = useCallback(() => {
    setProblem(null)
    ask<Welcome>('identity.welcome', {}).then(setWelcome, (error: Error) => setProblem(error.message))
  }, [])
  useEffect(() => {
    load()
    if (location.pathname === '/oidc') finishUnitSignIn().then(onSignedIn, (error: Error) => setProblem(error.message))
  }, [load, onSignedIn])

  if (welcome?.stage === 'empty') return <FirstRunPage welcome={welcome} onSignedIn={onSignedIn} />
  return <SignInPage welcome={welcome} problem={problem} again={load} onSignedIn={onSignedIn} />
}

async function finishUnitSignIn() {
  const address = location.href
  history.replaceState(null, '', '/')
  await tell('identity.oidcFinish', { address }, newKey())
}
