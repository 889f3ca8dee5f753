import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import type { SchemeData } from './SchemePage.tsx'

/** Publishes a draft on the committee's decision. Afterwards it is frozen. */
export function PublishForm({ data, onClose }: { data: SchemeData; onClose: () => void }) {
  const [documentNo, setDocumentNo] = useState('')
  const [meetingId, setMeetingId] = useState('')
  const { data: meetings } = useRead('meetings.list', { orgId: data.orgId!, limit: 50 }, { enabled: data.orgId !== null })
  const own = (meetings?.items ?? []).filter((m) => m.orgId === data.orgId)
  return (
    <PanelForm
      name="evaluation.publishScheme"
      open
      onClose={onClose}
      {...(data.orgName ? { kicker: data.orgName } : {})}
      title={`发布「${data.name}」`}
      note="发布以后内容冻结，指纹印在每一份结果上；当年不能再改分值。"
      input={() =>
        documentNo.trim().length < 2
          ? '请填写党组织研究决定的文号'
          : { id: data.schemeId!, version: data.version!, documentNo, ...(meetingId ? { meetingId } : {}) }
      }
      submit="发布这份方案"
      done="方案已发布，存入账本"
    >
      {(problems) => (
        <>
          <TextLine label="文号" value={documentNo} onChange={setDocumentNo} problem={problems.documentNo} max={100} />
          <Choice
            label="研究这份方案的会议"
            value={meetingId}
            options={{ '': '没有记在系统里', ...Object.fromEntries(own.map((m) => [m.id, `${dateText(m.heldOn)} ${m.title}`])) }}
            onChange={setMeetingId}
            problem={problems.meetingId}
          />
          {data.warnings.length > 0 && (
            <p className="note hu">体检还有 {data.warnings.length} 条提示没有处理，可以发布，结果上会带着这些提示。</p>
          )}
        </>
      )}
    </PanelForm>
  )
}

export function WithdrawForm({ data, onClose }: { data: SchemeData; onClose: () => void }) {
  const [reason, setReason] = useState('')
  return (
    <PanelForm
      name="evaluation.withdrawScheme"
      open
      onClose={onClose}
      title={`撤下「${data.name}」`}
      note="撤下后不能再用它发布结果；已经发布的结果不变。"
      input={() => (reason.trim().length < 2 ? '请写明原因' : { id: data.schemeId!, version: data.version!, reason })}
      submit="撤下这份方案"
      done="方案已撤下"
    >
      {(problems) => <TextLine label="原因" value={reason} onChange={setReason} problem={problems.reason} max={500} />}
    </PanelForm>
  )
}
