import type { ErrorComponentProps } from '@tanstack/react-router'
import { Link } from '@tanstack/react-router'
import { ErrorCard } from '../parts/ErrorCard.tsx'
import { PageTitle } from '../parts/PageTitle.tsx'

/** For an address that leads nowhere, or to a page of somebody else's. */
export function NotFound() {
  return (
    <>
      <PageTitle conclusion="没有这个页面，或者你看不到它" note="地址可能写错了，也可能这项工作归别的同志办。" />
      <Link to="/" className="button">
        回到首页
      </Link>
    </>
  )
}

/** For a page that failed while being shown. */
export const CannotShow = ({ error, reset }: ErrorComponentProps) => <ErrorCard error={error as Error} again={reset} />
