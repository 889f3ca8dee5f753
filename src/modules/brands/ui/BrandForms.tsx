import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useRead } from '#web/api.ts'
import { Choice } from '#web/parts/Choice.tsx'
import type { Picked } from '#web/parts/FindField.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import { type Brand, OUTCOMES, type Outcome, RECORD_KINDS, WITHDRAWALS, type Withdrawal } from '../contract.ts'

interface Props {
  brand: Brand
  onClose: () => void
}

/** What a branch wants to be known for, and how. */
export function BrandForm({ org, brand, onClose }: { org: { id: string; name: string }; brand?: Brand; onClose: () => void }) {
  const [name, setName] = useState(brand?.name ?? '')
  const [feature, setFeature] = useState(brand?.feature ?? '')
  const [plan, setPlan] = useState(brand?.plan ?? '')
  const [lead, setLead] = useState<Picked | null>(brand?.lead ?? null)
  const input = () => {
    if (name.trim().length < 2) return '请写品牌名称'
    if (feature.trim().length < 4) return '请写特色是什么'
    if (plan.trim().length < 4) return '请写怎样创建'
    const given = { name, feature, plan, leadId: lead?.id ?? null }
    return brand ? { id: brand.id, version: brand.version, ...given } : { orgId: org.id, ...given }
  }
  return (
    <PanelForm
      name={brand ? 'brands.edit' : 'brands.begin'}
      open
      onClose={onClose}
      kicker={org.name}
      title={brand ? '修改品牌' : '创建品牌'}
      note="一个支部一个品牌；写得到的才算数，做了什么靠关联记录"
      input={input}
      submit={brand ? '存入修改' : '创建品牌'}
      done={brand ? '已存入' : '品牌已创建'}
    >
      {(problems) => (
        <>
          <TextLine label="品牌名称" value={name} onChange={setName} problem={problems.name} max={40} />
          <TextLine label="特色（一句话）" value={feature} onChange={setFeature} problem={problems.feature} max={200} />
          <TextArea label="怎样创建" value={plan} onChange={setPlan} problem={problems.plan} rows={5} max={2000} />
          <PersonPicker label="由谁负责（可以不选）" value={lead} onChange={setLead} problem={problems.leadId} />
        </>
      )}
    </PanelForm>
  )
}

/** One of the branch's own records of the last year, chosen rather than written again. */
export function LinkForm({ brand, onClose }: Props) {
  const { data } = useRead('brands.records', { id: brand.id })
  const [recordId, setRecord] = useState<string | null>(null)
  const options = Object.fromEntries((data?.items ?? []).map((r) => [r.recordId, `${dateText(r.on)} ${r.says}（${RECORD_KINDS[r.kind]}）`]))
  return (
    <PanelForm
      name="brands.link"
      open
      onClose={onClose}
      kicker={brand.name}
      title="关联记录"
      note="从最近一年的会议、活动和办结的任务里选，不用另外写"
      input={() => (recordId ? { id: brand.id, version: brand.version, recordId } : '请选一条记录')}
      submit="关联这条记录"
      done="已关联"
    >
      {(problems) =>
        data && data.items.length === 0 ? (
          <p className="t2">最近一年没有可以关联的记录。</p>
        ) : (
          <Choice label="哪一条" value={recordId} options={options} onChange={setRecord} problem={problems.recordId} />
        )
      }
    </PanelForm>
  )
}

/** What those above saw in a year. */
export function ReviewForm({ brand, onClose }: Props) {
  const now = Number(today().slice(0, 4))
  const years = [now, now - 1].filter((y) => y >= Number(brand.begunOn.slice(0, 4)))
  const [year, setYear] = useState(String(years[0]))
  const [outcome, setOutcome] = useState<Outcome>('continue')
  const [text, setText] = useState('')
  return (
    <PanelForm
      name="brands.review"
      open
      onClose={onClose}
      kicker={brand.orgName}
      title={`评议：${brand.name}`}
      note={`关联了 ${brand.records} 条记录；只说看到什么、怎样改进，不打分`}
      input={() =>
        text.trim().length < 4 ? '请写看到了什么、怎样改进' : { id: brand.id, version: brand.version, year: Number(year), outcome, text }
      }
      submit="存下评议"
      done="评议已存入，支部已收到提醒"
    >
      {(problems) => (
        <>
          <Segments label="哪一年" value={year} options={Object.fromEntries(years.map((y) => [String(y), `${y} 年`]))} onChange={setYear} />
          {problems.year && <p className="problem">{problems.year}</p>}
          <Segments label="意见" value={outcome} options={OUTCOMES} onChange={setOutcome} />
          <TextArea label="看到了什么、怎样改进" value={text} onChange={setText} problem={problems.text} rows={4} max={1000} />
        </>
      )}
    </PanelForm>
  )
}

/** The brand lapses. */
export function WithdrawForm({ brand, onClose }: Props) {
  const own = brand.can.manage
  const options = Object.fromEntries(Object.entries(WITHDRAWALS).filter(([key]) => (key === 'inactive' ? brand.inactive : own))) as Record<
    Withdrawal,
    string
  >
  const [why, setWhy] = useState<Withdrawal | null>(brand.inactive ? 'inactive' : null)
  const [note, setNote] = useState('')
  return (
    <PanelForm
      name="brands.withdraw"
      open
      onClose={onClose}
      kicker={brand.orgName}
      title={`撤下：${brand.name}`}
      note="以前的活动记录和评议都保留；以后可以另立品牌"
      input={() => (why ? { id: brand.id, version: brand.version, why, note } : '请选为什么撤下')}
      submit="撤下品牌"
      done="品牌已撤下"
    >
      {(problems) => (
        <>
          <Choice label="为什么" value={why} options={options} onChange={setWhy} problem={problems.why} />
          <TextLine label="说明（可以不填）" value={note} onChange={setNote} problem={problems.note} max={500} />
        </>
      )}
    </PanelForm>
  )
}
