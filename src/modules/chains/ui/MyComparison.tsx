import { App } from 'antd'
import { useState } from 'react'
import { ApiError, useCommand } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import type { ChainView } from '../contract.ts'

/** One's own 对照检查; until the meeting it may be written anew. */
export function MyComparison({ c }: { c: ChainView }) {
  const { message } = App.useApp()
  const [text, setText] = useState(c.mine!.text ?? '')
  const command = useCommand('chains.write', { keepOffline: '对照检查' })
  const problem = command.error instanceof ApiError ? command.error.fields?.text?.[0] : undefined
  const send = () => command.mutate({ id: c.id, text }, { onSuccess: () => void message.success('已存，开会以前都可以再改') })
  return (
    <section className="card">
      <header>
        <h2>我的对照检查</h2>
        <span className="small t2">{c.mine!.written ? '已写' : '还没有写'}</span>
      </header>
      <div className="inside stack">
        {c.can.write === true ? (
          <>
            <TextArea
              label="差在哪里、为什么、打算怎么改（只有你和本组织的书记、委员看得到）"
              rows={6}
              max={8000}
              value={text}
              onChange={setText}
              problem={problem}
            />
            {command.error && !problem && <ErrorCard error={command.error} />}
            <div>
              <button
                type="button"
                className="button primary"
                aria-disabled={command.isPending || text.trim() === '' || undefined}
                onClick={() => !command.isPending && text.trim() !== '' && send()}
              >
                {command.isPending ? '正在存…' : '存下对照检查'}
              </button>
            </div>
          </>
        ) : (
          <p className="said">{c.mine!.text ?? (c.mine!.written ? '交了纸质。' : '没有写。')}</p>
        )}
      </div>
    </section>
  )
}
