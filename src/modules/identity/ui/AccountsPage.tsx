import { useState } from 'react'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { useSession } from '#web/session.ts'
import { AccountList } from './AccountList.tsx'
import { BatchList } from './BatchList.tsx'
import { IssueSlips } from './IssueSlips.tsx'
import { Offices } from './Offices.tsx'
import './identity.css'

const VIEWS = { offices: '三员和党务干部', accounts: '全部账号', issue: '按名册发开通条', batches: '发过的开通条' }
type View = keyof typeof VIEWS

/** The page of the system officer: who has an account, and slips for those who have none. No business data. */
export function AccountsPage() {
  const { stage } = useSession()
  const [view, setView] = useState<View>(stage === 'ready' ? 'accounts' : 'offices')
  return (
    <>
      <PageTitle
        conclusion={stage === 'ready' ? '账号和开通条' : '先把另外两位管理员和党务干部请进来'}
        note="这里只有姓名、账号和登录情况，没有业务内容"
      />
      <section className="card">
        <Tabs
          label="看什么"
          active={view}
          onChange={setView}
          tabs={(Object.keys(VIEWS) as View[]).map((key) => ({ key, label: VIEWS[key] }))}
        />
        {view === 'offices' && <Offices />}
        {view === 'accounts' && <AccountList />}
        {view === 'issue' && <IssueSlips />}
        {view === 'batches' && <BatchList />}
      </section>
    </>
  )
}
