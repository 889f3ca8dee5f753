import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { holds, useSession } from '#web/session.ts'
import { countText, momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { EpochCard } from './EpochCard.tsx'
import { FactList } from './FactList.tsx'
import { HeadList } from './HeadList.tsx'
import { Lookup } from './Lookup.tsx'
import { PaperCode } from './PaperCode.tsx'
import { VerifyCard } from './VerifyCard.tsx'
import './ledger.css'

type Status = Api['ledger.status']['output']

/** How the ledger stands, in plain words, and how everybody can check it without trusting the server. */
export function LedgerPage() {
  const session = useSession()
  const { data, error, refetch } = useRead('ledger.status', {}, { refetchInterval: 10_000 })
  if (error) return <ErrorCard error={error} again={() => void refetch()} />
  if (!data) return <Skeleton lines={8} />
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(data)}
        note="实绩编号后连成一棵树，树根签名后另存一份在数据库之外：改、删、插、换任何一条都会被查出"
      />
      {data.readOnly && <div className="note zhe ledger-note">{data.readOnly}</div>}
      <div className="columns">
        <div className="stack">
          <Lookup />
          <Lists />
        </div>
        <div className="stack">
          {data.behind && <EpochCard behind={data.behind} />}
          {holds(session, 'ledger.verify') && <VerifyCard size={data.size} />}
          {data.code && data.head && <PaperCode code={data.code} size={data.head.size} />}
          <Figures status={data} />
        </div>
      </div>
    </>
  )
}

function conclusionOf({ size, waiting, readOnly }: Status): string {
  if (readOnly) return '现在只能查看，不能办理'
  if (size === 0) return waiting > 0 ? `${countText(waiting)} 条实绩正在编号` : '账本还是空的'
  return `账本记到第 ${countText(size)} 条实绩`
}

function Lists() {
  const session = useSession()
  const { org } = useOrg()
  const readable = holds(session, 'ledger.read') ? org : undefined
  const [view, setView] = useState<'facts' | 'heads'>(readable ? 'facts' : 'heads')
  return (
    <section className="card">
      <Tabs
        label="看什么"
        active={view}
        onChange={setView}
        tabs={[
          ...(readable ? [{ key: 'facts' as const, label: `${readable.name || '本组织'}的实绩` }] : []),
          { key: 'heads' as const, label: '签过名的树头' },
        ]}
      />
      {view === 'facts' && readable ? <FactList key={readable.id} orgId={readable.id} /> : <HeadList />}
    </section>
  )
}

const Figures = ({ status: { size, waiting, waitingSince, epoch, head } }: { status: Status }) => (
  <section className="card">
    <header>
      <h2>账本的情况</h2>
    </header>
    <dl className="inside key-values">
      <dt>已编号</dt>
      <dd>{countText(size)} 条</dd>
      <dt>等待编号</dt>
      <dd>{waiting === 0 ? '没有' : `${countText(waiting)} 条，最早的 ${momentText(waitingSince!)}`}</dd>
      <dt>纪元</dt>
      <dd>第 {epoch} 纪元</dd>
      <dt>最近签名</dt>
      <dd>{head ? `${momentText(head.signedAt)}，到第 ${countText(head.size)} 条` : '还没有'}</dd>
      {head && (
        <>
          <dt>密钥编号</dt>
          <dd className="mono">{head.keyId}</dd>
        </>
      )}
    </dl>
  </section>
)
