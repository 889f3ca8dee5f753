import { useCallback, useEffect, useState } from 'react'
import { ask } from '../request.ts'
import type { Welcome } from './contract.ts'
import { FirstRunPage } from './FirstRunPage.tsx'
import { SignInPage } from './SignInPage.tsx'

/** Sign-in at once; first run in its place once the server says that nobody has an account yet. */
export function EntryPage({ onSignedIn }: { onSignedIn: () => void }) {
  const [welcome, setWelcome] = useState<Welcome | null>(null)
  const [problem, setProblem] = useState<string | null>(null)
  const load = useCallback(() => {
    setProblem(null)
    ask<Welcome>('identity.welcome', {}).then(setWelcome, (error: Error) => setProblem(error.message))
  }, [])
  useEffect(load, [load])

  if (welcome?.stage === 'empty') return <FirstRunPage welcome={welcome} onSignedIn={onSignedIn} />
  return <SignInPage welcome={welcome} problem={problem} again={load} onSignedIn={onSignedIn} />
}
