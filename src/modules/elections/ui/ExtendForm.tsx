import { useState } from 'react'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { RULES } from '../contract.ts'

interface Props {
  org: { id: string; name: string }
  until: string
  latest: string
  onClose: () => void
}

/** Plans an extension, to be sent to the superior. */
export function ExtendForm({ org, until, latest, onClose }: Props) {
  const [day, setDay] = useState<string | null>(latest)
  const [reason, setReason] = useState('')
  const input = () => {
    if (!day) return '请填延到哪一天'
    return reason.trim().length < 2 ? '请填原因' : { orgId: org.id, until: day, reason }
  }
  return (
    <PanelForm
      name="elections.askExtension"
      open
      onClose={onClose}
      kicker={org.name}
      title="拟定延期换届"
      note={RULES.extension}
      input={input}
      submit="存入，接着报送请示"
      done="已存入，接着报送延期请示"
    >
      {(problems) => (
        <>
          <LabelledDate
            label="延到哪一天"
            value={day}
            onChange={setDay}
            problem={problems.until}
            hint={`现在 ${until} 届满，最晚 ${latest}`}
          />
          <TextLine label="原因" value={reason} onChange={setReason} problem={problems.reason} max={200} />
        </>
      )}
    </PanelForm>
  )
}
