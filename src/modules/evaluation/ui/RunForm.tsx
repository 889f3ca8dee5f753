import { useState } from 'react'
import { addDays, today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { newKey } from '#web/request.ts'
import { Computing } from './Computing.tsx'
import { lastYear } from './words.ts'

/** Shows what a run would give, as numbers by grade, and publishes it. */
export function RunForm({ orgId, onClose }: { orgId: string; onClose: () => void }) {
  const [schemeId, setSchemeId] = useState<string | null>(null)
  const [period, setPeriod] = useState(lastYear)
  const [appealsUntil, setAppealsUntil] = useState<string | null>(addDays(today(), 7))
  const { data } = useRead('evaluation.schemes', { orgId })
  const published = (data?.items ?? []).filter((s) => s.state === 'published' && s.schemeId)
  const names = Object.fromEntries(published.map((s) => [s.schemeId!, `${s.name}（第 ${s.edition} 版，${s.documentNo}）`]))
  return (
    <PanelForm
      name="evaluation.publishRun"
      open
      onClose={onClose}
      title="计算并发布一期结果"
      note="发布后进入结果核对，被考核的组织能看到自己的结果和依据，可以申诉；一期只发布一次。"
      input={() => (!schemeId ? '请选一份已发布的方案' : !appealsUntil ? '请填申诉截止日期' : { orgId, schemeId, period, appealsUntil })}
      submit="发布，进入结果核对"
      done="已发布，进入结果核对"
    >
      {(problems) => (
        <>
          <Choice label="方案" value={schemeId} options={names} onChange={setSchemeId} problem={problems.schemeId} />
          {published.length === 0 && <p className="note hu">还没有已发布的方案。先到「考核方案」里凭文号发布一份。</p>}
          <TextLine
            label="考核期"
            value={period}
            onChange={setPeriod}
            problem={problems.period}
            hint="写作 2025、2025-H1、2025-Q3 或 2025-07"
            max={7}
          />
          <LabelledDate
            label="申诉到哪天截止"
            value={appealsUntil}
            onChange={setAppealsUntil}
            problem={problems.appealsUntil}
            hint="之前核对、申诉，之后提请党委研究"
          />
          {schemeId && <Trial orgId={orgId} schemeId={schemeId} period={period} />}
        </>
      )}
    </PanelForm>
  )
}

function Trial(input: { orgId: string; schemeId: string; period: string }) {
  const complete = /^\d{4}(-\S{2})?$/.test(input.period)
  const [ticket] = useState(newKey)
  const { data, error, isPending } = useRead('evaluation.preview', { ...input, ticket }, { enabled: complete })
  if (error) return <ErrorCard error={error} />
  if (isPending) return complete ? <Computing ticket={ticket} /> : null
  const open = data.objects.filter((o) => o.open.length > 0).length
  return (
    <div className="note" role="status">
      <div>
        <p className="strong">试算（没有保存）：{data.objects.length} 个组织</p>
        <p>{data.grades.map((g) => `${g.name} ${g.count} 个`).join('，')}</p>
        {open > 0 && <p className="hu">{open} 个组织还有没填的数据，这些项暂不计分，等次未定。</p>}
        <p className="small t3">账本第 {data.through} 号</p>
      </div>
    </div>
  )
}
