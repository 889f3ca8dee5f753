import type { ErrorComponentProps } from '@tanstack/react-router'
import { Link } from '@tanstack/react-router'
import type { GuardedPage } from '../moduleUi.ts'
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

/** For a page that exists, but is somebody else's. */
export function NotYours({ item: { label, whose } }: { item: GuardedPage }) {
  return (
    <>
      <PageTitle conclusion={`「${label}」由${whose}打开`} note="你现在的职务里没有这一项。工作需要的话，请找本单位党务干部申请授权。" />
      <Link to="/" className="button">
        回到首页
      </Link>
    </>
  )
}

/** For a page that failed while being shown. */
export const CannotShow = ({ error, reset }: ErrorComponentProps) => <ErrorCard error={error as Error} again={reset} />
