import { Link } from '@tanstack/react-router'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { AsAtPick, YearPick } from '#web/parts/YearPick.tsx'
import { usePhone } from '#web/screen.ts'
import { dateText } from '#web/text.ts'
import type { DutyView } from '../contract.ts'
import { DutyPanel } from './DutyPanel.tsx'
import './duties.css'
import { MonthList } from './MonthList.tsx'
import { Proposals } from './Proposals.tsx'
import { YearTable } from './YearTable.tsx'

interface Search {
  year?: number
  asAt?: string
  month?: string
  open?: string
}

/** 应办事项: what one branch owes in a year, and how each stood on the chosen day. */
export function YearPage() {
  const { org } = useOrg()
  const phone = usePhone()
  const [search, go] = useAddress<Search>()
  const asAt = search.asAt ?? today()
  const year = Number(search.year ?? asAt.slice(0, 4))
  const input = { orgId: org?.id ?? '', year, ...(search.asAt ? { asAt } : {}) }
  const { data, error, isPending, refetch } = useRead('duties.year', input, { enabled: org !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织，这里没有应办的事。" />

  const month = search.month ?? (phone ? monthIn(year, asAt) : undefined)
  const opened = data?.duties.find((d) => keyOf(d) === search.open)
  const open = (d: DutyView) => go({ open: keyOf(d) })
  return (
    <>
      <PageTitle
        conclusion={data ? conclusionOf(data.duties, year, asAt) : `${year} 年应办事项`}
        note={`${data?.name ?? org.name}，按 ${dateText(asAt)} 的情况。由规则、名册和会议记录算出，不用另外填报。`}
        actions={<Actions orgId={org.id} />}
      />
      <section className="card">
        <div className="list-tools">
          <Segments
            label="看一年还是一个月"
            quiet
            value={month ? 'month' : 'year'}
            options={{ year: '全年', month: '按月' }}
            onChange={(to) => go({ month: to === 'month' ? monthIn(year, asAt) : 'none' })}
          />
          <YearPick year={year} onChange={(y) => go({ year: y, month: undefined, open: undefined } as never)} />
          <span className="grow" />
          <AsAtPick day={asAt} onChange={(day) => go({ asAt: day } as never)} />
        </div>
        {error ? (
          <ErrorCard error={error} again={refetch} />
        ) : isPending ? (
          <Skeleton lines={8} />
        ) : !data.isBranch && data.duties.length === 0 ? (
          <Empty
            why="会议由支部召开，这一级没有自己应办的。"
            later="所辖支部的情况，在「各支部应办」里看。"
            action={
              <Link className="button" to="/duties/grid" search={{ org: org.id } as never}>
                看各支部应办
              </Link>
            }
          />
        ) : data.duties.length === 0 ? (
          <Empty why={`${year} 年没有应办的事。`} later="支部成立、名册和规则齐了以后，应办的事会自动列出来。" />
        ) : month && month !== 'none' ? (
          <MonthList month={month} duties={data.duties} day={asAt} onMonth={(m) => go({ month: m })} onOpen={open} />
        ) : (
          <YearTable year={year} duties={data.duties} rules={data.rules} day={asAt} onOpen={open} />
        )}
      </section>
      {data?.can.record && asAt === today() && <Proposals orgId={org.id} duties={data.duties} rules={data.rules} day={asAt} />}
      {data && opened && (
        <DutyPanel
          orgId={org.id}
          duty={opened}
          rules={data.rules}
          day={asAt}
          canRecord={data.can.record}
          onClose={() => go({ open: undefined } as never)}
        />
      )}
    </>
  )
}

const Actions = ({ orgId }: { orgId: string }) => (
  <>
    <Link className="button" to="/duties/reminders" search={{ org: orgId } as never}>
      <Icon name="bell" /> 会提醒谁
    </Link>
    <Link className="button" to="/duties/rules" search={{ org: orgId } as never}>
      <Icon name="scale" /> 规则与豁免
    </Link>
  </>
)

const keyOf = (d: DutyView) => `${d.duty} ${d.period}`
const monthIn = (year: number, asAt: string) => (asAt.slice(0, 4) === String(year) ? asAt.slice(0, 7) : `${year}-01`)
function conclusionOf(duties: DutyView[], year: number, asAt: string): string {
  const counted = duties.filter((d) => d.strength !== 'may' && d.state !== 'exempt')
  const done = counted.filter((d) => d.state === 'met').length
  const late = counted.filter((d) => d.state === 'overdue').length
  const begun = counted.filter((d) => d.from <= asAt).length
  const exempt = duties.filter((d) => d.state === 'exempt').length
  const all = `${year} 年应办 ${counted.length} 项，已办 ${done} 项${exempt > 0 ? `，另有 ${exempt} 项经批准豁免` : ''}`
  if (late > 0) return `${all}，${late} 项逾期未办`
  return done === begun && begun > 0 ? `${all}，没有逾期` : all
}
