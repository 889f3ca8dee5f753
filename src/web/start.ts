import './look/tokens.css'
import './look/base.css'
import { applyDisplay } from './display.ts'
import { ApiError, ask, seemsSignedIn } from './request.ts'
import type { Session } from './session.ts'

// Errors of loading a page's chunk after an update on the server: the page is loaded anew, once.
addEventListener('vite:preloadError', (event) => {
  if (sessionStorage.getItem('rongjian.reloaded')) return
  sessionStorage.setItem('rongjian.reloaded', '1')
  event.preventDefault()
  location.reload()
})

const RETRY = 10_000

applyDisplay()
const host = document.getElementById('page')!
await (seemsSignedIn() ? openPlatform() : openEntry())

async function openPlatform() {
  const page = import('./main.tsx')
  const session = await ask<Session>('identity.session', {}).catch(notSignedIn)
  if (!session) return openEntry()
  sessionStorage.removeItem('rongjian.reloaded')
  if (session.mustDo.length > 0) (await import('./entry/entry.tsx')).showMustDo(host, session, reload)
  else (await page).showPlatform(host, session)
}

/** Sign-in and first run are their own small bundle, without the component library. */
async function openEntry() {
  const { showEntry } = await import('./entry/entry.tsx')
  showEntry(host, reload)
}

function reload() {
  location.reload()
}

function notSignedIn(error: unknown): null {
  if (error instanceof ApiError && error.status === 401) return null
  tellAndRetry((error as Error).message)
  throw error
}

/** Without an answer nothing can be shown; what was typed before lies in drafts. Tried again by itself. */
function tellAndRetry(reason: string) {
  host.className = 'cannot-start'
  host.textContent = `${reason}。每 10 秒会自动再试。`
  addEventListener('online', reload)
  setTimeout(reload, RETRY)
}
