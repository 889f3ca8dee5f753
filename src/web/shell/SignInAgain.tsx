import { useQueryClient } from '@tanstack/react-query'
import { lazy, Suspense, useEffect, useRef } from 'react'
import { askSession, SESSION, useSession } from '../session.ts'
import { markSignedOut, useSignedOut } from '../signedOut.ts'

const SignInForm = lazy(() => import('../entry/SignInForm.tsx').then(({ SignInForm }) => ({ default: SignInForm })))

/** Shown over the page when the session has ended: the page and what was typed in it stay. */
export function SignInAgain() {
  const signedOut = useSignedOut()
  const dialog = useRef<HTMLDialogElement>(null)
  const client = useQueryClient()
  const { account } = useSession()
  useEffect(() => {
    if (signedOut) dialog.current?.showModal()
    else dialog.current?.close()
  }, [signedOut])

  const done = async () => {
    const session = await askSession()
    // Somebody else at the same browser gets a page of their own.
    if (session.account.id !== account.id) return location.assign('/')
    client.setQueryData([SESSION, {}], session)
    markSignedOut(false)
    await client.invalidateQueries()
  }
  return (
    <dialog ref={dialog} className="sign-in-again" aria-label="重新登录" onCancel={(event) => event.preventDefault()}>
      {signedOut && (
        <Suspense>
          <h2>登录已过期，请重新登录</h2>
          <p className="t2">这一页和填写的内容都还在，登录后接着做。</p>
          <SignInForm onSignedIn={done} />
        </Suspense>
      )}
    </dialog>
  )
}
