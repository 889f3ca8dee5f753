import { lazy, Suspense, useEffect, useRef } from 'react'
import { settleProof, useProofAsked } from '../proof.ts'

const ProofForm = lazy(() => import('./ProofForm.tsx').then(({ ProofForm }) => ({ default: ProofForm })))

/** Shown over the page when a step asks for a factor that was shown just now: an open browser is not enough for it. */
export function ProveSelf() {
  const asked = useProofAsked()
  const dialog = useRef<HTMLDialogElement>(null)
  useEffect(() => {
    if (asked) dialog.current?.showModal()
    else dialog.current?.close()
  }, [asked])
  return (
    <dialog ref={dialog} className="sign-in-again" aria-label="确认是你本人" onClose={() => settleProof(false)}>
      {asked && (
        <Suspense>
          <ProofForm />
        </Suspense>
      )}
    </dialog>
  )
}
