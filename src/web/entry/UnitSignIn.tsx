import { useState } from 'react'
import { newKey, tell } from '../request.ts'

/** Signing in through the unit's own service, where one is set up; it leads back to /oidc. */
export function UnitSignIn({ label }: { label: string }) {
  const [problem, setProblem] = useState<string | null>(null)
  const go = async () => {
    try {
      const { url } = await tell<{ url: string }>('identity.oidcStart', { origin: location.origin }, newKey())
      location.assign(url)
    } catch (error) {
      setProblem((error as Error).message)
    }
  }
  return (
    <>
      <button type="button" className="button large block" onClick={go}>
        {label}
      </button>
      {problem && (
        <p className="note zhe" role="alert">
          {problem}
        </p>
      )}
      <p className="entry-or">或用账号登录</p>
    </>
  )
}
