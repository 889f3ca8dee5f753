import { createRoot } from 'react-dom/client'
import './entry.css'
import { EntryPage } from './EntryPage.tsx'

/** Shows what somebody sees who is not signed in. */
export function showEntry(host: HTMLElement, onSignedIn: () => void) {
  createRoot(host).render(<EntryPage onSignedIn={onSignedIn} />)
}
