import { Link, useNavigate } from '@tanstack/react-router'
import type { ReactNode } from 'react'
import { useRead } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Heat, type HeatCell } from '#web/parts/Heat.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { Slot } from '#web/Slot.tsx'
import { usePhone } from '#web/screen.ts'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { levelOf } from './words.ts'

type Overview = Api['duties.overview']['output']
type Branch = Overview['firstHelp'][number]

/** The workbench of a committee: how its branches stand this quarter, whom to help, and never who is behind whom. */
export function CommitteeWorkbench({ orgId }: { orgId: string }) {
  const { data, error, refetch } = useRead('duties.overview', { orgId })
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={10} doing="正在看所辖支部的会议记录" />
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(data)}
        note={`${dateText(data.day)}，按 ${data.quarter}到期的应办事项算，由会议记录自动认定。${data.allDone > 0 ? `${data.allDone} 个支部本季已全部办完。` : ''}`}
        actions={
          <>
            <Link className="button" to="/duties/reminders" search={{ org: orgId } as never}>
              <Icon name="bell" /> 会提醒谁
            </Link>
            <Link className="button" to="/duties/grid" search={{ org: orgId } as never}>
              <Icon name="tree" /> 各支部应办
            </Link>
          </>
        }
      />
      <div className="columns">
        <div className="stack">
          <Slot name="workbench.first" id={orgId} />
          <HeatCard data={data} />
          <Slot name="workbench.main" id={orgId} />
        </div>
        <div className="stack">
          <NamedBranches orgId={orgId} data={data} />
          <RuleConflicts orgId={orgId} />
          <Slot name="workbench.side" id={orgId} />
        </div>
      </div>
    </>
  )
}

function conclusionOf({ branches, onTime, soon, help }: Overview): string {
  if (branches === 0) return '所辖还没有支部'
  if (help === 0 && soon === 0) return `${branches} 个支部都按时`
  return `${branches} 个支部：${onTime} 个按时，${soon} 个临期，${help} 个需重点指导`
}

function HeatCard({ data }: { data: Overview }) {
  const navigate = useNavigate()
  const phone = usePhone()
  const open = (org: string) => void navigate({ to: '/duties', search: { org } } as never)
  if (data.branches === 0)
    return (
      <section className="card">
        <Empty why="所辖还没有支部。" later="在「组织架构」里成立或导入支部以后，各支部的情况会出现在这里。" />
      </section>
    )
  return (
    <section className="card" aria-label="支部应办完成度">
      <header>
        <h2>支部应办完成度</h2>
        {!phone && <span className="small t3">没有逾期的支部 / 支部数</span>}
      </header>
      {data.groups.some((g) => g.cells.length > 0) ? (
        <div className="inside">
          <Heat
            rows={data.groups.map(({ name, cells, ...g }) => ({ name, cells: cells.map(cellOf), result: resultOf(g) }))}
            onOpen={open}
          />
          <p className="small t2 duty-heat-note">一格一个支部，按 {data.quarter}应办项目算，点开看差哪一项。不排名次。</p>
        </div>
      ) : (
        <Groups groups={data.groups} quarter={data.quarter} />
      )}
    </section>
  )
}

const resultOf = ({ total, help }: { total: number; help: number }) => `${total - help}/${total}`

/** Where there are more branches than an eye takes in: one line for each organisation directly below, which opens its own workbench. */
const Groups = ({ groups, quarter }: Pick<Overview, 'groups' | 'quarter'>) => (
  <>
    <ul className="plain-links">
      {groups.map((g) => (
        <li key={g.orgId}>
          <Link to="/workbench" search={{ org: g.orgId } as never}>
            <span className="grow ellipsis">{g.name}</span>
            {g.help > 0 && <Status kind="late">{g.help} 个需重点指导</Status>}
            {g.soon > 0 && <Status kind="soon">{g.soon} 个临期</Status>}
            <span className="strong nowrap">{resultOf(g)}</span>
            <Icon name="right" />
          </Link>
        </li>
      ))}
    </ul>
    <p className="inside small t2">一行一个下级组织，按 {quarter}应办项目算，点开看它的各支部。不排名次。</p>
  </>
)

const cellOf = ({ orgId, name, done, expected, overdue, soon }: Branch): HeatCell => ({
  id: orgId,
  name,
  level: levelOf(done, expected),
  ...(overdue > 0 ? { mark: 'help' as const } : soon ? { mark: 'soon' as const } : {}),
  says: expected === 0 ? '本季没有到期的' : `本季应办 ${expected} 项，已办 ${done} 项${overdue > 0 ? `，逾期 ${overdue} 项` : ''}`,
})

/** Branches to be helped, and those with something due soon, in the order of the tree as everywhere. */
function NamedBranches({ orgId, data }: { orgId: string; data: Overview }) {
  return (
    <>
      <BranchCard
        orgId={orgId}
        title="需重点指导"
        total={data.help}
        first={data.firstHelp}
        says={(b) => <Status kind="late">{b.overdue} 项未办</Status>}
      >
        <Empty done why="本季没有逾期未办的支部。" />
      </BranchCard>
      {data.soon > 0 && (
        <BranchCard
          orgId={orgId}
          title="临期"
          total={data.soon}
          first={data.firstSoon}
          says={(b) => <Status kind="soon">已办 {`${b.done}/${b.expected}`}</Status>}
        />
      )}
    </>
  )
}

interface BranchCardProps {
  orgId: string
  title: string
  total: number
  first: readonly Branch[]
  says: (branch: Branch) => ReactNode
  /** Shown when there is none. */
  children?: ReactNode
}

const BranchCard = ({ orgId, title, total, first, says, children }: BranchCardProps) => (
  <section className="card" aria-label={title}>
    <header>
      <h2>{title}</h2>
      <span className="small t3">{total} 个支部</span>
    </header>
    {total === 0 && children}
    <ul className="plain-links">
      {first.map((b) => (
        <li key={b.orgId}>
          <Link to="/duties" search={{ org: b.orgId } as never}>
            <span className="grow ellipsis">{b.name}</span>
            {says(b)}
            <Icon name="right" />
          </Link>
        </li>
      ))}
      {total > first.length && (
        <li>
          <Link to="/duties/grid" search={{ org: orgId } as never}>
            <span className="grow t2">还有 {total - first.length} 个，到「各支部应办」里看</span>
            <Icon name="right" />
          </Link>
        </li>
      )}
    </ul>
  </section>
)

/** Unit rules below a central minimum are somebody's to amend. */
function RuleConflicts({ orgId }: { orgId: string }) {
  const { data } = useRead('duties.rules', { orgId })
  const below = (data?.items ?? []).filter((r) => r.belowCentral && !r.until)
  if (below.length === 0) return null
  return (
    <div className="note zhe" role="status">
      <Icon name="warning" />
      <div className="grow">
        <p className="strong">{below.length} 条单位规则低于中央规定</p>
        {below.slice(0, 3).map((r) => (
          <p key={r.id}>
            {r.orgName}「{r.wording}」
          </p>
        ))}
        <Link to="/duties/rules" search={{ org: orgId } as never}>
          去看规则
        </Link>
      </div>
    </div>
  )
}
