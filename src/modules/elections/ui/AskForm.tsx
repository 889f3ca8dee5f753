import { useEffect, useState } from 'react'
import { useRead } from '#web/api.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'

type Kind = 'election' | 'candidates' | 'electionResult' | 'termExtension'

interface Props {
  orgId: string
  kind: Kind
  /** The election it is about; none for an extension. */
  electionId?: string
  onClose: () => void
}

const TITLES: Record<Kind, string> = {
  election: '报送换届请示',
  candidates: '报送候选人预备人选请示',
  electionResult: '报送选举结果',
  termExtension: '报送延期换届请示',
}

/** The request of a step, drafted from the election itself. */
export function AskForm({ orgId, kind, electionId, onClose }: Props) {
  const { data: draft } = useRead('requests.compose', { orgId, kind, ...(electionId ? { aboutId: electionId } : {}) })
  const [title, setTitle] = useState('')
  const [body, setBody] = useState('')
  const [toOrgId, setTo] = useState<string | null>(null)
  useEffect(() => {
    if (!draft) return
    setTitle(draft.title)
    setBody(draft.body)
    setTo(draft.toOrgId)
  }, [draft])
  const input = () => {
    if (!draft) return '正文正在拟出，请稍等再报送'
    if (!toOrgId) return '没有登记上级党组织，不能在这里报送'
    if (body.includes('＿＿＿')) return '正文里还有空着的地方（＿＿＿），请补齐或删去'
    return { orgId, kind, aboutId: electionId ?? null, toOrgId, title, body }
  }
  return (
    <PanelForm
      name="requests.send"
      open
      onClose={onClose}
      title={TITLES[kind]}
      note="正文由换届记录拟出，可以改；上级答复以后下一步自动打开"
      input={input}
      submit="报送上级"
      done="已报送，等上级答复"
    >
      {(problems) => (
        <>
          {draft && (
            <Choice
              label="主送"
              value={toOrgId}
              options={Object.fromEntries(draft.receivers.map(({ id, name }) => [id, name]))}
              onChange={setTo}
              problem={problems.toOrgId ?? problems.orgId}
            />
          )}
          <TextLine label="标题" value={title} onChange={setTitle} problem={problems.title} max={200} />
          <TextArea label="正文" value={body} onChange={setBody} problem={problems.body} rows={12} max={10_000} />
        </>
      )}
    </PanelForm>
  )
}
