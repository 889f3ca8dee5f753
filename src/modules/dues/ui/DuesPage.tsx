import { today } from '#kernel/civilDate.ts'
import { BRANCH_KINDS, type OrgKind } from '#modules/organisation/contract.ts'
import { useAddress } from '#web/address.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { holds, useSession } from '#web/session.ts'
import { ArrearsView } from './ArrearsView.tsx'
import { MonthView } from './MonthView.tsx'
import { OverView } from './OverView.tsx'
import { YearView } from './YearView.tsx'
import './dues.css'

type View = 'month' | 'arrears' | 'year'
const LABELS: Record<View, string> = { month: '按月收缴', arrears: '欠交与不符', year: '年度公布' }

/** 党费: for those who collect it the month, for a committee its branches, for everybody the year's sums. */
export function DuesPage() {
  const { org } = useOrg()
  const session = useSession()
  const [{ view: asked, month = today().slice(0, 7) }, show] = useAddress<{ view?: View; month?: string }>()
  if (!org) return <Empty why="你还没有所在的党组织" />
  const keeps = holds(session, 'dues.manage', org.id) || (!session.orgs.some(({ id }) => id === org.id) && holds(session, 'dues.manage'))
  const oversees = holds(session, 'dues.oversee')
  const branch = BRANCH_KINDS.includes(org.kind as OrgKind)
  const views: View[] = [...(keeps || (oversees && !branch) ? (['month'] as const) : []), ...(keeps ? (['arrears'] as const) : []), 'year']
  const view = asked && views.includes(asked) ? asked : views[0]!
  const tabs = (
    <Tabs label="看什么" active={view} onChange={(to) => show({ view: to })} tabs={views.map((key) => ({ key, label: LABELS[key] }))} />
  )
  const pickMonth = (to: string) => show({ month: to })
  if (view === 'month' && !branch) return <OverView orgId={org.id} month={month} onMonth={pickMonth} tabs={tabs} />
  if (view === 'month') return <MonthView org={org} month={month} onMonth={pickMonth} tabs={tabs} />
  if (view === 'arrears') return <ArrearsView orgId={org.id} tabs={tabs} />
  return <YearView orgId={org.id} tabs={tabs} />
}
