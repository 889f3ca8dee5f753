import { useState } from 'react'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { periodName } from './words.ts'

interface Props {
  run: { id: string; version: number; schemeName: string; period: string }
  onClose: () => void
}

/** Ends the time of checking: from here the result stands as the committee decided. */
export function FinaliseForm({ run, onClose }: Props) {
  const [documentNo, setDocumentNo] = useState('')
  return (
    <PanelForm
      name="evaluation.finaliseRun"
      open
      onClose={onClose}
      kicker={`${run.schemeName} · ${periodName(run.period)}`}
      title="凭文号确定结果"
      note="确定以后不能再改。请先办完申诉，经党委会研究并公示。"
      input={() => (documentNo.trim().length < 2 ? '请填写确定结果的文号' : { id: run.id, version: run.version, documentNo })}
      submit="确定这一期结果"
      done="结果已确定，存入账本"
    >
      {(problems) => <TextLine label="文号" value={documentNo} onChange={setDocumentNo} problem={problems.documentNo} max={100} />}
    </PanelForm>
  )
}
