import { useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { CondoleForm } from './CondoleForm.tsx'
import { Condolences } from './Condolences.tsx'
import { FiftyYears } from './FiftyYears.tsx'
import { PlanForm } from './PlanForm.tsx'
import { Plans } from './Plans.tsx'
import './care.css'

type View = 'away' | 'retired' | 'fifty' | 'condolences'

/** Members away, out of contact or retired; who reaches fifty years; and 慰问. */
export function CarePage() {
  const { org } = useOrg()
  const [{ view = 'away' }, show] = useAddress<{ open?: string; view?: View }>()
  const [form, setForm] = useState<'plan' | 'condole' | null>(null)
  const here = org ? { orgId: org.id } : {}
  const all = useReadPages('care.list', { ...here, limit: 1 })
  const counts = all.first?.counts
  const manage = all.first?.can.manage === true
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(counts)}
        note="联系只记日期，不记内容；提示都带出处，由支部核实后再办"
        actions={
          manage && (
            <>
              <button type="button" className="button" onClick={() => setForm('condole')}>
                记一次慰问
              </button>
              <button type="button" className="button primary" onClick={() => setForm('plan')}>
                建立联系计划
              </button>
            </>
          )
        }
      />
      <section className="card">
        <Tabs<View>
          label="看哪些"
          active={view}
          onChange={(to) => show({ view: to, open: undefined })}
          tabs={[
            { key: 'away', label: '流动和失联', count: counts && counts.floating + counts.lost },
            { key: 'retired', label: '离退休', count: counts?.retired },
            { key: 'fifty', label: '光荣在党50年' },
            { key: 'condolences', label: '慰问' },
          ]}
        />
        {view === 'away' && <Plans key="away" here={here} kinds={['floating', 'lost']} />}
        {view === 'retired' && <Plans key="retired" here={here} kinds={['retired']} />}
        {view === 'fifty' && <FiftyYears here={here} />}
        {view === 'condolences' && <Condolences here={here} />}
      </section>
      {form === 'plan' && <PlanForm onClose={() => setForm(null)} />}
      {form === 'condole' && <CondoleForm onClose={() => setForm(null)} />}
    </>
  )
}

function conclusionOf(counts: { floating: number; lost: number; retired: number; overdue: number } | undefined): string {
  if (!counts) return '联系与慰问'
  const { floating, lost, retired, overdue } = counts
  if (overdue > 0) return `${overdue} 人该联系了或还没有联系计划`
  if (floating + lost + retired === 0) return '没有登记流动、失联和离退休党员'
  return '都在联系计划内'
}
