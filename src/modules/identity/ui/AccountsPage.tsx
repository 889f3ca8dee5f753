import { useState } from 'react'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { holds, useSession } from '#web/session.ts'
import { AccountList } from './AccountList.tsx'
import { AgreementsCard } from './AgreementsCard.tsx'
import { BatchList } from './BatchList.tsx'
import { IssueSlips } from './IssueSlips.tsx'
import { Offices } from './Offices.tsx'
import './identity.css'

const VIEWS = { offices: '三员和党务干部', accounts: '全部账号', issue: '按名册发开通条', batches: '发过的开通条' }
type View = keyof typeof VIEWS

/** Who has an account, and slips for those who have none; the security officer sees the accounts only. No business data. */
export function AccountsPage() {
  const session = useSession()
  const { stage } = session
  const manages = holds(session, 'identity.manageAccounts')
  const [view, setView] = useState<View>(stage === 'ready' || !manages ? 'accounts' : 'offices')
  return (
    <>
      <PageTitle
        conclusion={!manages ? '账号' : stage === 'ready' ? '账号和开通条' : '先把另外两位管理员和党务干部请进来'}
        note="这里只有姓名、账号和登录情况，没有业务内容"
      />
      <div className="stack">
        <AgreementsCard />
        <section className="card">
          {manages && (
            <Tabs
              label="看什么"
              active={view}
              onChange={setView}
              tabs={(Object.keys(VIEWS) as View[]).map((key) => ({ key, label: VIEWS[key] }))}
            />
          )}
          {view === 'offices' && <Offices />}
          {view === 'accounts' && <AccountList />}
          {view === 'issue' && <IssueSlips />}
          {view === 'batches' && <BatchList />}
        </section>
      </div>
    </>
  )
}
