import { useState } from 'react'
import { CORRECTION_REASONS, type CorrectionReason } from '#modules/organisation/contract.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { type Merit, SANCTIONS, type Sanction } from '../contract.ts'

/** What was written down wrong, put right; the first recording stays visible in the ledger. */
export function CorrectForm({ row, onClose }: { row: Merit; onClose: () => void }) {
  const [approvedOn, setApprovedOn] = useState<string | null>(row.approvedOn)
  const [by, setBy] = useState(row.by)
  const [docNo, setDocNo] = useState(row.docNo)
  const [note, setNote] = useState(row.note)
  const [what, setWhat] = useState<Sanction | null>(row.sanction)
  const [years, setYears] = useState<'1' | '2'>(row.years === 2 ? '2' : '1')
  const [until, setUntil] = useState<string | null>(null)
  const [reason, setReason] = useState<CorrectionReason | null>(null)
  const input = () => {
    if (!approvedOn) return '请填批准日期'
    if (!reason) return '请选为什么更正'
    const sanction = what === null ? {} : { what, years: what === 'probation' ? (Number(years) as 1 | 2) : null, until }
    return { id: row.id, version: row.version, approvedOn, by, docNo, note, reason, ...sanction }
  }
  return (
    <PanelForm
      name="merits.correct"
      open
      onClose={onClose}
      kicker={row.name}
      title={`更正：${row.title}`}
      note="影响期按更正后的日期重新计算；留党察看的权利一起改"
      input={input}
      submit="更正"
      done="已更正"
    >
      {(problems) => (
        <>
          {what && <Choice label="处分" value={what} options={SANCTIONS} onChange={setWhat} problem={problems.what} />}
          {what === 'probation' && <Segments label="多久" value={years} options={{ 1: '一年', 2: '两年' }} onChange={setYears} />}
          <LabelledDate label="批准日期" value={approvedOn} onChange={setApprovedOn} problem={problems.approvedOn} />
          <TextLine label="批准机关" value={by} onChange={setBy} max={100} problem={problems.by} />
          <TextLine label="文号" value={docNo} onChange={setDocNo} max={60} problem={problems.docNo} />
          <TextLine label="说明（可不填）" value={note} onChange={setNote} max={500} problem={problems.note} />
          {what && (
            <LabelledDate
              label="影响期满（决定另有写明的才填）"
              value={until}
              onChange={setUntil}
              problem={problems.until}
              hint="不填就按条例从批准之日起算"
            />
          )}
          <Choice label="为什么更正" value={reason} options={CORRECTION_REASONS} onChange={setReason} problem={problems.reason} />
        </>
      )}
    </PanelForm>
  )
}
