import { createRoot } from 'react-dom/client'
import type { Session } from '../session.ts'
import './entry.css'
import { EntryPage } from './EntryPage.tsx'
import { MustDoPage } from './MustDoPage.tsx'

/** Shows what somebody sees who is not signed in. */
export const showEntry = (host: HTMLElement, onSignedIn: () => void) => createRoot(host).render(<EntryPage onSignedIn={onSignedIn} />)

/** Shows what somebody has to do before the platform opens. */
export const showMustDo = (host: HTMLElement, session: Session, onDone: () => void) =>
  createRoot(host).render(<MustDoPage session={session} onDone={onDone} />)
