import { ApiError } from '../request.ts'
import { Icon } from './Icon.tsx'

/** What went wrong in one part of a page, what to do, and the number to tell the administrator. The rest of the page stays. */
export function ErrorCard({ error, again }: { error: Error; again?: () => unknown }) {
  const id = error instanceof ApiError ? error.requestId : undefined
  return (
    <div className="note zhe error-card" role="alert">
      <Icon name="warning" />
      <div className="grow">
        <p>{error.message}</p>
        {id && <p className="t3 tiny mono">错误编号 {id}</p>}
      </div>
      {again && (
        <button type="button" className="button small" onClick={() => again()}>
          再试一次
        </button>
      )}
    </div>
  )
}
