import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { downloadOf, useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { YearPick } from '#web/parts/YearPick.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import type { Kind } from '../contract.ts'
import { CellPanel, type Opened } from './CellPanel.tsx'
import { Editions } from './Editions.tsx'
import { Findings } from './Findings.tsx'
import { SheetTable } from './SheetTable.tsx'
import { SubmitForm } from './SubmitForm.tsx'
import { TextsPanel } from './TextsPanel.tsx'
import './statistics.css'

export type Overview = Api['statistics.year']['output']

/** 年报: the tables of a year from records, what does not agree with the records behind it, and what was submitted. */
export function StatisticsPage() {
  const { org } = useOrg()
  const [{ year: asked, sheet: chosen }, go] = useAddress<{ year?: number; sheet?: string }>()
  // Until spring the year before is the one that is reported.
  const now = today()
  const year = asked ?? Number(now.slice(0, 4)) - (now.slice(5, 7) <= '03' ? 1 : 0)
  const { data, error, refetch } = useRead('statistics.year', { orgId: org?.id ?? '', year }, { enabled: org !== undefined })
  const [opened, open] = useState<Opened>()
  const [sorting, sort] = useState<Kind>()
  const [submitting, setSubmitting] = useState(false)
  const pick = <YearPick year={year} onChange={(y) => go({ year: y })} />
  if (!org)
    return (
      <>
        <PageTitle conclusion="年报" />
        <Empty why="你还没有所在的党组织，这里没有可看的年报。" />
      </>
    )
  if (error || !data)
    return (
      <>
        <PageTitle conclusion={error ? `${year} 年年报没有读出来` : '正在从记录里算年报'} actions={pick} />
        {error ? <ErrorCard error={error} again={refetch} /> : <Skeleton lines={10} />}
      </>
    )
  const of = { orgId: org.id, year }
  const sheet = data.sheets.find((s) => s.key === chosen)?.key ?? data.sheets[0]?.key
  return (
    <>
      <PageTitle
        conclusion={conclusionOf(data, year)}
        note={`${data.orgName}和它的下级，按 ${dateText(data.day)} 的记录；每一格都能点开看背后的记录。`}
        actions={
          <>
            {pick}
            <PaperLinks
              label="年报"
              of={(format) => downloadOf('statistics.print', { ...of, format })}
              excel={downloadOf('statistics.print', { ...of, format: 'excel' })}
            />
            {data.can.manage && (
              <button type="button" className="button primary" onClick={() => setSubmitting(true)}>
                {data.editions.length === 0 ? '定稿' : '再次定稿'}
              </button>
            )}
          </>
        }
      />
      <div className="stack">
        <section className="card" aria-label="年报的表">
          <Tabs
            label="年报的表"
            active={sheet ?? ''}
            onChange={(key) => go({ sheet: key })}
            tabs={data.sheets.map(({ key, title }) => ({
              key,
              label: title.replace('党员补充资料：', ''),
              count: differing(data, key).length || undefined,
            }))}
          />
          {sheet && <Findings findings={differing(data, sheet)} onOpen={open} onSort={sort} />}
          {sheet && <SheetTable key={`${org.id}${year}${sheet}`} of={of} sheet={sheet} onOpen={open} />}
          {data.closed.length > 0 && <p className="inside small t3">你无权看：{data.closed.join('、')}。</p>}
        </section>
        <Editions of={of} editions={data.editions} />
        <p className="small t3">
          口径：{data.source}。
          <button type="button" className="button text small" onClick={() => sort('job')}>
            看岗位、职称、学历的写法各对应哪一类
          </button>
        </p>
      </div>
      {opened && <CellPanel of={of} opened={opened} manage={data.can.manage} onClose={() => open(undefined)} />}
      {sorting && <TextsPanel of={of} kind={sorting} onKind={sort} onClose={() => sort(undefined)} />}
      {submitting && <SubmitForm of={of} data={data} onClose={() => setSubmitting(false)} />}
    </>
  )
}

const differing = ({ findings }: Overview, sheet: string) => findings.filter((f) => f.sheet === sheet)

const conclusionOf = ({ findings, sheets, editions }: Overview, year: number) => {
  const state = editions[0] ? `，第 ${editions[0].number} 稿已定` : ''
  return findings.length === 0
    ? `${year} 年年报 ${sheets.length} 张表都对得上${state}`
    : `${year} 年年报 ${sheets.length} 张表，${findings.length} 处对不上${state}`
}
