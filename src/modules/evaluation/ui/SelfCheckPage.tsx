import { Link } from '@tanstack/react-router'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { dateText } from '#web/text.ts'
import './evaluation.css'
import { Head, OnlyForYou, ResultBody } from './ResultPage.tsx'
import { periodsOf, type Ref, schemeAddress, schemeRef } from './words.ts'

interface Search {
  scheme?: string
  item?: string
}

/** 年度考核对照: what the records of the running period would come to, for the unit's own eyes, where its committee decided so. */
export function SelfCheckPage() {
  const { org } = useOrg()
  const [search, go] = useAddress<Search>()
  const check = useRead('evaluation.selfCheck', { orgId: org?.id ?? '' }, { enabled: org !== undefined })
  const allowed = check.data?.allowed === true
  const schemes = useRead('evaluation.schemes', { orgId: org?.id ?? '' }, { enabled: org !== undefined && allowed })
  const published = (schemes.data?.items ?? []).filter((s) => s.state === 'published' && s.readOnlyBecause === null)
  const scheme = published.find((s) => schemeAddress(s) === search.scheme) ?? published[0]
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可以对照的。" />
  return (
    <>
      <PageTitle
        conclusion="年度考核对照（供自查，不排名、不通报）"
        note={decisionText(check.data?.decision ?? null)}
        crumb="年度考核对照"
        actions={
          published.length > 1 && (
            <Choice
              label="对照哪份方案"
              value={scheme ? schemeAddress(scheme) : null}
              options={Object.fromEntries(published.map((s) => [schemeAddress(s), s.name]))}
              onChange={(to) => go({ scheme: to, item: undefined } as never)}
            />
          )
        }
      />
      {check.error ? (
        <ErrorCard error={check.error} again={check.refetch} />
      ) : !check.data || (allowed && schemes.isPending) ? (
        <Skeleton lines={6} />
      ) : !allowed ? (
        <Closed />
      ) : !scheme ? (
        <section className="card">
          <Empty why="上级还没有发布考核方案，暂时没有可对照的。" later="发布后这里会按已存入的记录自动算出。" />
        </section>
      ) : (
        <Comparison
          key={schemeAddress(scheme)}
          input={{ orgId: org.id, ...schemeRef(schemeAddress(scheme)), period: periodsOf(scheme.every, today(), true)[0]! }}
          item={search.item}
          onOpen={(item) => go({ item })}
        />
      )}
    </>
  )
}

type Decision = { orgName: string; reason: string; documentNo: string; decidedAt: string } | null

const decisionText = (decision: Decision): string =>
  decision
    ? `${decision.orgName} ${dateText(decision.decidedAt)}决定（${decision.documentNo}）：${decision.reason}`
    : '没有党委的决定时不开放；结果只给本单位看，不进任何名单。'

const Closed = () => (
  <section className="card">
    <Empty
      why="年度考核对照没有开放。"
      later="平时看应办事项和期限。要开放自查，由上级党委研究决定，党务干部在「考核结果」里登记后生效。"
      action={
        <Link className="button" to="/duties">
          看应办事项
        </Link>
      }
    />
  </section>
)

function Comparison({ input, item, onOpen }: { input: Ref; item: string | undefined; onOpen: (path: string) => void }) {
  const { data, error, refetch } = useRead('evaluation.result', input)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={10} doing="正在由实绩计算得分" />
  return (
    <>
      <Head data={data} input={input} as="h2" />
      <OnlyForYou />
      <ResultBody data={data} input={input} chosen={item} onOpen={onOpen} />
    </>
  )
}
