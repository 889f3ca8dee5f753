import type { Send } from '../services.ts'

/** Sends to a group robot of 企业微信 or 钉钉; both take the same message and answer `errcode` 0 when they took it over. */
export const robot: Send = async (to, { subject, body }) => {
  const answer = await fetch(to, {
    method: 'POST',
    headers: { 'content-type': 'application/json' },
    body: JSON.stringify({ msgtype: 'text', text: { content: `【${subject}】${body}` } }),
    redirect: 'error',
    signal: AbortSignal.timeout(10_000),
  })
  if (!answer.ok) throw new Error(`对方答复 ${answer.status}`)
  const { errcode } = (await answer.json()) as { errcode?: number }
  if (errcode !== 0) throw new Error(`对方没有接收（错误码 ${errcode}）`)
}
