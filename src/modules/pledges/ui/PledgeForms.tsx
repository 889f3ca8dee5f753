import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { ACCOUNTS, type Account, KINDS, type Kind, type Pledge } from '../contract.ts'

/** A promise in public: what, to whom, until when. */
export function PublishForm({ onClose }: { onClose: () => void }) {
  const { data } = useRead('pledges.audiences', {})
  const [kind, setKind] = useState<Kind>('integrity')
  const [text, setText] = useState('')
  const [audienceId, setAudience] = useState<string | null>(null)
  const [untilOn, setUntilOn] = useState<string | null>(null)
  const input = () => {
    if (text.trim().length < 4) return '请写承诺什么'
    if (!audienceId) return '请选向谁公开'
    return untilOn ? { kind, text, audienceId, untilOn } : '请填承诺到哪一天'
  }
  return (
    <PanelForm
      name="pledges.publish"
      open
      onClose={onClose}
      title="公开承诺"
      note="公开以后文字不能改，要改的撤回重新公开；到期自己说明做得怎样"
      input={input}
      submit="公开这项承诺"
      done="承诺已公开"
    >
      {(problems) => (
        <>
          <Segments label="类别" value={kind} options={KINDS} onChange={setKind} />
          <TextArea label="承诺什么" value={text} onChange={setText} problem={problems.text} rows={5} max={1000} />
          <Choice
            label="向谁公开"
            value={audienceId}
            options={Object.fromEntries((data?.items ?? []).map(({ id, name }) => [id, name]))}
            onChange={setAudience}
            problem={problems.audienceId}
          />
          <LabelledDate label="承诺到哪一天" value={untilOn} onChange={setUntilOn} problem={problems.untilOn} />
        </>
      )}
    </PanelForm>
  )
}

interface Props {
  pledge: Pledge
  onClose: () => void
}

/** What became of it, in the own words of its person. */
export function AccountForm({ pledge, onClose }: Props) {
  const [account, setAccount] = useState<Account>(pledge.account ?? 'kept')
  const [text, setText] = useState(pledge.accountText ?? '')
  return (
    <PanelForm
      name="pledges.account"
      open
      onClose={onClose}
      title="说明承诺做得怎样"
      note="看得到承诺的人都看得到说明"
      input={() => (text.trim().length < 4 ? '请写做了什么' : { id: pledge.id, version: pledge.version, account, text })}
      submit="公开说明"
      done="说明已公开"
    >
      {(problems) => (
        <>
          <Segments label="做得怎样" value={account} options={ACCOUNTS} onChange={setAccount} />
          <TextArea label="做了什么、差什么" value={text} onChange={setText} problem={problems.text} rows={5} max={1000} />
        </>
      )}
    </PanelForm>
  )
}

/** Taken back before its term; that it was made stays visible. */
export function WithdrawForm({ pledge, onClose }: Props) {
  const [note, setNote] = useState('')
  return (
    <PanelForm
      name="pledges.withdraw"
      open
      onClose={onClose}
      title="撤回承诺"
      note="撤回以后仍看得到，写明为什么撤回"
      input={() => (note.trim().length < 2 ? '请写为什么撤回' : { id: pledge.id, version: pledge.version, note })}
      submit="撤回这项承诺"
      done="已撤回"
    >
      {(problems) => <TextLine label="为什么撤回" value={note} onChange={setNote} problem={problems.note} max={300} />}
    </PanelForm>
  )
}
