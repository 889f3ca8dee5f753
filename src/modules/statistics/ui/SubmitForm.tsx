import { useState } from 'react'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import type { Overview } from './StatisticsPage.tsx'

interface Props {
  of: { orgId: string; year: number }
  data: Overview
  onClose: () => void
}

/** Fixes the tables as they are submitted; later changes of records are then shown beside them. */
export function SubmitForm({ of, data, onClose }: Props) {
  const [note, setNote] = useState('')
  const number = (data.editions[0]?.number ?? 0) + 1
  const failed = data.findings.length
  const input = () => (failed > 0 && note.trim().length < 2 ? '还有对不上的地方，请写明原因' : { ...of, note, number })
  return (
    <PanelForm
      name="statistics.submit"
      open
      onClose={onClose}
      kicker={`${data.orgName} ${of.year} 年`}
      title={`定第 ${number} 稿`}
      note="现在的数会固定下来，以后记录有变动，表上会标出定稿时的数。"
      input={input}
      submit="定稿"
      done={`第 ${number} 稿已定`}
    >
      {(problems) => (
        <>
          {failed > 0 && <p className="note hu">还有 {failed} 处对不上。能更正的先更正；确实如此的，写明原因。</p>}
          <TextArea
            label={failed > 0 ? '对不上的原因' : '说明（可不填）'}
            value={note}
            onChange={setNote}
            problem={problems.note}
            max={1000}
            rows={3}
          />
        </>
      )}
    </PanelForm>
  )
}
