import { App } from 'antd'
import { useCommand, useRead } from '#web/api.ts'
import { StepButton } from '#web/parts/StepButton.tsx'
import { momentText } from '#web/text.ts'
import { draftOf, type Form, formOfDraft } from './recordForm.ts'

/** Which draft on the server the form was taken from or saved to. */
export interface ServerDraft {
  id: string
  version: number
}

interface ListProps {
  orgId: string
  kept: ServerDraft | undefined
  onTake: (form: Form, draft: ServerDraft) => void
}

/** One's own drafts on the server, to go on with on any machine. */
export function ServerDrafts({ orgId, kept, onTake }: ListProps) {
  const { data } = useRead('meetings.drafts', { orgId })
  const others = (data?.items ?? []).filter((d) => d.id !== kept?.id)
  if (others.length === 0) return null
  return (
    <section className="card" aria-label="没写完的草稿">
      <ul className="lines">
        {others.map((d) => (
          <li key={d.id}>
            <span className="grow">
              草稿「{d.content.title || '还没有名称'}」<span className="small t2">{momentText(d.savedAt)}</span>
            </span>
            <button type="button" className="button small" onClick={() => onTake(formOfDraft(d.content), { id: d.id, version: d.version })}>
              接着写
            </button>
            <StepButton name="meetings.discardDraft" label="删除草稿" kind="small" input={{ orgId, id: d.id }} can />
          </li>
        ))}
      </ul>
    </section>
  )
}

interface SaveProps {
  orgId: string
  form: Form
  kept: ServerDraft | undefined
  onKept: (draft: ServerDraft) => void
}

/** Keeps the form on the server without recording anything. */
export function SaveDraft({ orgId, form, kept, onKept }: SaveProps) {
  const { message } = App.useApp()
  const save = useCommand('meetings.saveDraft')
  const go = () =>
    save.mutate(
      { orgId, ...kept, content: draftOf(form) },
      {
        onSuccess: (saved) => {
          onKept(saved)
          message.success('草稿已存到服务器，换一台电脑也能接着写')
        },
        onError: (error) => void message.error(error.message),
      },
    )
  return (
    <button type="button" className="button" aria-disabled={save.isPending || undefined} onClick={() => !save.isPending && go()}>
      存草稿
    </button>
  )
}
