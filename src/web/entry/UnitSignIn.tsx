import { useEntryCommand } from './useEntryCommand.ts'

/** Signing in through the unit's own service, where one is set up; it leads back to /oidc. */
export function UnitSignIn({ label }: { label: string }) {
  const { send, busy, problem } = useEntryCommand('identity.oidcStart')
  const go = async () => {
    const answer = await send<{ url: string }>({ origin: location.origin })
    if (answer) location.assign(answer.url)
  }
  return (
    <>
      <button type="button" className="button large block" aria-disabled={busy || undefined} onClick={() => !busy && void go()}>
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
