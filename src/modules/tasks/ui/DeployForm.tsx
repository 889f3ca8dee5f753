import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '#web/api.ts'
import type { Picked } from '#web/parts/FindField.tsx'
import { OrgPicker } from '#web/parts/OrgPicker.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { addedTo, OWN_AT_LEAST } from '../contract.ts'
import { firstTerm, TermField, termInput } from './Term.tsx'

interface Props {
  orgId: string
  orgName: string
  /** The received deployment that is split. */
  fromTaskId: string | undefined
  onClose: () => void
}

/** Deploys to those below, or splits what was received: then how much is one's own is counted while writing. */
export function DeployForm({ orgId, orgName, fromTaskId, onClose }: Props) {
  const navigate = useNavigate()
  const { data: received } = useRead('tasks.get', { id: fromTaskId ?? '' }, { enabled: fromTaskId !== undefined })
  const [title, setTitle] = useState<string>()
  const [text, setText] = useState('')
  const [to, setTo] = useState<'children' | 'branches' | 'chosen'>('children')
  const [chosen, setChosen] = useState<Picked[]>([])
  const [term, setTerm] = useState(firstTerm)
  const added = received ? addedTo(received.text, text) : null
  const input = () => {
    if (fromTaskId && !received) return '正在读收到的部署，请稍候'
    if (added !== null && added < OWN_AT_LEAST)
      return `不能原样转发：本级自己写的只有 ${added} 个字，请写明谁办、做什么、到什么时候、怎么查`
    if (text.trim().length < 10) return '请写清下级要做什么'
    if (to === 'chosen' && chosen.length === 0) return '请选接收的单位'
    const due = termInput(term)
    if (typeof due === 'string') return due
    const from = received ? { taskId: received.id, version: received.version } : null
    return { orgId, title: title ?? received?.title ?? '', text, to, orgIds: to === 'chosen' ? chosen.map((o) => o.id) : [], from, ...due }
  }
  return (
    <PanelForm
      name="tasks.deploy"
      open
      onClose={onClose}
      kicker={orgName}
      title={fromTaskId ? '把上级部署分解给下级' : '部署一项工作'}
      note={fromTaskId ? '上级原文自动附在后面，这里只写本级加了什么。' : '每个接收单位各有一件任务，办到哪一步都看得到。'}
      input={input}
      submit="下达部署"
      done="已下达，出现在各单位的待办里"
      onDone={({ id }: { id: string }) => void navigate({ to: `/deployments/${id}` } as never)}
    >
      {(problems) => (
        <>
          {received && <blockquote className="rule-text tk-received">{received.text}</blockquote>}
          <TextLine label="题目" value={title ?? received?.title ?? ''} onChange={setTitle} problem={problems.title} max={200} />
          <TextArea
            label={fromTaskId ? '本级怎么落实：谁办、做什么、到什么时候、怎么查' : '下级要做什么'}
            value={text}
            onChange={setText}
            problem={problems.text}
            max={4000}
            rows={6}
            hint={added === null ? undefined : `除了照抄和套话，本级自己写了 ${added} 个字，至少 ${OWN_AT_LEAST} 个字`}
          />
          <Segments
            label="下达给"
            value={to}
            options={{ children: '直接下级', branches: '所辖全部支部', chosen: '选几个' }}
            onChange={setTo}
          />
          {to === 'chosen' && <Chosen chosen={chosen} onChange={setChosen} problem={problems.orgIds} />}
          <TermField term={term} onChange={setTerm} problems={problems} />
        </>
      )}
    </PanelForm>
  )
}

function Chosen({ chosen, onChange, problem }: { chosen: Picked[]; onChange: (chosen: Picked[]) => void; problem: string | undefined }) {
  return (
    <>
      <OrgPicker
        label="接收的单位，一个一个加"
        value={null}
        onChange={(one) => one && onChange([...chosen.filter((o) => o.id !== one.id), one])}
        problem={problem}
      />
      <ul className="row wrap">
        {chosen.map((o) => (
          <li key={o.id} className="tag">
            {o.name}{' '}
            <button type="button" className="link" onClick={() => onChange(chosen.filter((c) => c.id !== o.id))}>
              去掉<span className="hidden-text">{o.name}</span>
            </button>
          </li>
        ))}
      </ul>
    </>
  )
}
