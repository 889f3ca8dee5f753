import { App } from 'antd'
import type { z } from 'zod'
import type { SessionRow } from '#modules/identity/contract.ts'
import { useCommand, useRead } from '../api.ts'
import { ErrorCard } from '../parts/ErrorCard.tsx'
import { Skeleton } from '../parts/Skeleton.tsx'
import { momentText } from '../text.ts'

type SignIn = z.output<typeof SessionRow>

/** Where this account is signed in; any other place can be ended at once. */
export function MySignIns() {
  const { message } = App.useApp()
  const { data, error, refetch } = useRead('identity.sessions', {})
  const revoke = useCommand('identity.revokeSession')
  return (
    <section className="card">
      <header>
        <h2>我的登录</h2>
        <span className="small t3">不认识的请马上退出，并改密码</span>
      </header>
      {error && <ErrorCard error={error} again={refetch} />}
      {!data && !error && <Skeleton lines={2} />}
      <ul className="lines">
        {((data?.items ?? []) as SignIn[]).map((signIn) => (
          <li key={signIn.id}>
            <div className="grow">
              <b>{signIn.device}</b> {signIn.current && <span className="tag song">就是这里</span>}
              <div className="small t3">
                {signIn.source} · {momentText(signIn.since)} 登录 · 最近用 {momentText(signIn.lastSeen)}
              </div>
            </div>
            {!signIn.current && (
              <button
                type="button"
                className="button small"
                disabled={revoke.isPending}
                onClick={() =>
                  revoke.mutate(
                    { id: signIn.id },
                    { onSuccess: () => message.success('那处登录已退出'), onError: (problem) => message.error(problem.message) },
                  )
                }
              >
                退出那处
              </button>
            )}
          </li>
        ))}
      </ul>
    </section>
  )
}
