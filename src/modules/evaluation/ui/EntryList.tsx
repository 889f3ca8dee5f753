import { useReadPages } from '#web/api.ts'
import { StepButton } from '#web/parts/StepButton.tsx'
import { momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { inputText } from './inputText.ts'

type Entry = Api['evaluation.entries']['output']['items'][number]

interface Props {
  input: object
  onAgain: (org: { orgId: string; orgName: string }) => void
}

/** What was entered for one item, with its source and who entered it; taken back ones stay visible. */
export function EntryList({ input, onAgain }: Props) {
  const { items, more } = useReadPages('evaluation.entries', input as never)
  if (items.length === 0) return null
  return (
    <section className="card">
      <header>
        <h2>已经填的</h2>
      </header>
      <ul className="ev-lines">
        {items.map((e: Entry) => (
          <li key={e.id}>
            <span className="row between wrap">
              <b>{e.orgName}</b>
              <span className={e.retracted ? 'tag zhe' : 'tag song'}>{e.retracted ? '已撤回' : '已存入账本'}</span>
            </span>
            <span>{inputText(e.input)}</span>
            <span className="small t2">
              来源：{e.source} · {e.enteredBy ?? '系统管理'} {momentText(e.enteredAt)}
            </span>
            {e.can && (
              <span className="row">
                <StepButton
                  name="evaluation.takeBackValue"
                  kind="small"
                  label="撤回"
                  input={{ orgId: e.orgId, id: e.id, reason: 'mistake' }}
                  can
                  done="已撤回，撤回也记入账本"
                />
                <button type="button" className="button small" onClick={() => onAgain(e)}>
                  重新填
                </button>
              </span>
            )}
          </li>
        ))}
      </ul>
      {more && (
        <button type="button" className="button small" onClick={more}>
          往下看
        </button>
      )}
    </section>
  )
}
