import { useQueryClient } from '@tanstack/react-query'
import { App } from 'antd'
import { useEffect } from 'react'
import { readAgain } from '../api.ts'
import { discard, type Kept, sendKept, useOutbox } from '../outbox.ts'
import { Icon } from '../parts/Icon.tsx'
import { useSession } from '../session.ts'
import { useSignedOut } from '../signedOut.ts'

const EVERY = 20_000

/** Tells what waits on this machine for the connection, sends it when there is one, and shows what was refused. */
export function KeptNotice() {
  const { account } = useSession()
  const kept = useOutbox(account.id)
  const client = useQueryClient()
  const signedOut = useSignedOut()
  const { message } = App.useApp()
  const waiting = kept.filter(({ refused }) => !refused)
  const refused = kept.filter(({ refused }) => refused)

  const pause = signedOut || waiting.length === 0
  useEffect(() => {
    if (pause) return
    const tell = ({ name, title }: Kept) => {
      message.success(`「${title}」已送出`)
      void readAgain(client, name)
    }
    const attempt = () => void sendKept(account.id, tell)
    attempt()
    const timer = setInterval(attempt, EVERY)
    addEventListener('online', attempt)
    return () => {
      clearInterval(timer)
      removeEventListener('online', attempt)
    }
  }, [pause, account.id, client, message])

  if (kept.length === 0) return null
  return (
    <div className="frame-notices" role="status">
      {waiting.length > 0 && (
        <p>
          <Icon name="clock" /> 没连上服务器，{waiting.map(({ title }) => `「${title}」`).join('')}已存在本机，连上后自动送出
        </p>
      )}
      {refused.map(({ key, title, refused: reason }) => (
        <p key={key}>
          <Icon name="warning" /> 「{title}」没有存入：{reason}
          <button type="button" className="button text small" onClick={() => discard(key)}>
            丢弃
          </button>
        </p>
      ))}
    </div>
  )
}
