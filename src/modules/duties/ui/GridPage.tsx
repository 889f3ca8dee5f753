import { useNavigate } from '@tanstack/react-router'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { downloadOf, useRead, useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PhoneList } from '#web/parts/PhoneList.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { AsAtPick, YearPick } from '#web/parts/YearPick.tsx'
import { usePhone } from '#web/screen.ts'
import { countText, dateText } from '#web/text.ts'
import './duties.css'
import { GridTable, type Row } from './GridTable.tsx'

interface Search {
  year?: number
  asAt?: string
  shape?: 'heat' | 'table'
}

/** 各支部应办: the branches of a committee over a year, in the order of the tree. */
export function GridPage() {
  const { org } = useOrg()
  const phone = usePhone()
  const navigate = useNavigate()
  const [search, go] = useAddress<Search>()
  const asAt = search.asAt ?? today()
  const year = Number(search.year ?? asAt.slice(0, 4))
  const asked = { orgId: org?.id ?? '', year, ...(search.asAt ? { asAt } : {}) }
  const list = useReadPages('duties.grid', { ...asked, limit: 30 }, { enabled: org !== undefined })
  const { data: count } = useRead('duties.gridCount', asked, { enabled: org !== undefined })
  const open = (orgId: string) => void navigate({ to: '/duties', search: { org: orgId, year, ...(search.asAt ? { asAt } : {}) } } as never)
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可看的支部。" />
  const branches = list.first?.branches ?? 0
  return (
    <>
      <PageTitle
        conclusion={
          branches === 0
            ? `${year} 年各支部应办`
            : `${countText(branches)} 个支部${count ? `，${count.late === 0 ? '没有逾期未办' : `${countText(count.late)} 个有逾期未办`}` : ''}`
        }
        note={`${org.name ? `${org.name}所辖支部，` : ''}${year} 年，按 ${dateText(asAt)} 的情况。按组织架构排列，不排名次。`}
        actions={
          <a className="button" href={downloadOf('duties.gridExport', asked)} download>
            <Icon name="download" /> 导出 Excel
          </a>
        }
      />
      <section className="card">
        <div className="list-tools">
          {!phone && (
            <Segments
              label="怎么看"
              quiet
              value={search.shape ?? 'heat'}
              options={{ heat: '色块', table: '数字' }}
              onChange={(shape) => go({ shape })}
            />
          )}
          <YearPick year={year} onChange={(y) => go({ year: y })} />
          <span className="grow" />
          <AsAtPick day={asAt} onChange={(day) => go({ asAt: day } as never)} />
        </div>
        {list.error ? (
          <ErrorCard error={list.error} again={list.again} />
        ) : list.isPending ? (
          <Skeleton lines={10} doing="正在看各支部的会议记录" />
        ) : list.items.length === 0 ? (
          <Empty why={`${year} 年所辖没有支部。`} later="成立或导入支部以后，会自动列在这里。" />
        ) : (
          <>
            {phone ? (
              <PhoneList
                label="各支部应办"
                columns={PHONE}
                rows={list.items}
                rowKey={(r) => r.orgId}
                onOpen={(id) => id && open(id)}
                empty={null}
              />
            ) : (
              <GridTable rows={list.items} numbers={search.shape === 'table'} onOpen={open} />
            )}
            <div className="list-foot">
              <span className="small t2 grow" role="status">
                {list.more ? `已列出 ${list.items.length} 个，共 ${countText(branches)} 个支部` : `共 ${countText(branches)} 个支部`}
                <span className="t3"> · 口径：到期应办次数中已办的；没到期、已豁免的不计</span>
              </span>
              {list.more && (
                <button type="button" className="button small" aria-disabled={list.isFetching || undefined} onClick={list.more}>
                  {list.isFetching ? '正在读…' : '往下看'}
                </button>
              )}
            </div>
          </>
        )}
      </section>
    </>
  )
}

const PHONE = [
  { key: 'name', title: '支部', render: (r: Row) => r.name },
  {
    key: 'quarter',
    title: '本季',
    phone: 'line' as const,
    render: ({ quarter }: Row) => `本季应办 ${quarter.done}/${quarter.expected}`,
  },
  {
    key: 'state',
    title: '状态',
    phone: 'status' as const,
    render: (r: Row) =>
      r.overdue > 0 ? (
        <Status kind="late">逾期 {r.overdue} 项</Status>
      ) : r.quarter.soon ? (
        <Status kind="soon">临期</Status>
      ) : (
        <Status kind="done">按时</Status>
      ),
  },
]
