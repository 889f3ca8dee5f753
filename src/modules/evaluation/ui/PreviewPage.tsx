import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { newKey } from '#web/request.ts'
import { countText, dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { Computing } from './Computing.tsx'
import './evaluation.css'
import { marksText, periodName, periodsOf, schemeAddress, schemeRef } from './words.ts'

type Preview = Api['evaluation.preview']['output']
type Row = Preview['objects'][number]
type Scheme = Api['evaluation.schemes']['output']['items'][number]

interface Search {
  scheme?: string
  period?: string | number
}

/** 试算: what a scheme gives for a period that is over, by organisation in the order of the tree, before anything is published. */
export function PreviewPage() {
  const { org } = useOrg()
  const [search, go] = useAddress<Search>()
  const schemes = useRead('evaluation.schemes', { orgId: org?.id ?? '' }, { enabled: org !== undefined })
  const fitting = (schemes.data?.items ?? []).filter((s) => s.readOnlyBecause === null && s.state !== 'withdrawn')
  const scheme = fitting.find((s) => schemeAddress(s) === search.scheme) ?? fitting.find((s) => s.state === 'published') ?? fitting[0]
  const periods = scheme ? periodsOf(scheme.every, today()) : []
  const period = periods.find((p) => p === String(search.period)) ?? periods[0]
  const [ticket] = useState(newKey)
  const input = { orgId: org?.id ?? '', ...schemeRef(scheme ? schemeAddress(scheme) : ''), period: period ?? '', ticket }
  const { data, isPending, error, refetch } = useRead('evaluation.preview', input, { enabled: org !== undefined && period !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可以试算的。" />
  return (
    <>
      <PageTitle
        conclusion={data ? conclusionOf(data) : '试算一期考核结果'}
        note="按组织架构排列，不按得分，不排名次。试算不保存，被考核的组织看不到；核对无误后在「考核结果」里发布。"
        crumb="试算"
        actions={
          <Link className="button" to="/evaluation">
            回到考核结果
          </Link>
        }
      />
      <section className="card">
        <div className="list-tools ev-tools">
          <Choice
            label="方案"
            value={scheme ? schemeAddress(scheme) : null}
            options={Object.fromEntries(fitting.map((s) => [schemeAddress(s), nameOf(s)]))}
            onChange={(to) => go({ scheme: to, period: undefined } as never)}
          />
          <Choice
            label="考核期"
            value={period ?? null}
            options={Object.fromEntries(periods.map((p) => [p, periodName(p)]))}
            onChange={(to) => go({ period: to })}
          />
        </div>
        {isPending && org && period !== undefined && <Computing ticket={ticket} />}
        <ListTable
          label="各组织试算结果"
          columns={columnsFor(scheme, period)}
          rows={data?.objects ?? []}
          rowKey={(r) => r.org.id}
          isPending={isPending && period !== undefined}
          error={schemes.error ?? error}
          again={() => void refetch()}
          empty={<Empty why="本级没有这份方案考核的对象。" later="请换一份方案，或换一级组织。" />}
          foot={data && `按 ${dateText(data.asAt)} 的情况，账本第 ${countText(data.through)} 号，方案指纹 ${data.fingerprint.slice(0, 12)}`}
        />
      </section>
    </>
  )
}

const nameOf = (s: Scheme) => `${s.name}${{ published: '', draft: '（草稿）', withdrawn: '', shipped: '（随产品带）' }[s.state]}`

function conclusionOf({ period, objects, grades }: Preview): string {
  const open = objects.filter((o) => o.open.length > 0).length
  if (open > 0) return `${periodName(period)}试算 ${objects.length} 个组织，${open} 个还有没填的`
  return `${periodName(period)}试算 ${objects.length} 个组织：${grades.map((g) => `${g.name} ${g.count}`).join('，')}`
}

/** Bars first; the grade stands in its own column. */
const explained = ({ bars, says }: Row): string => [...bars, ...says.split('；').filter((part) => !part.startsWith('等次「'))].join('；')

const columnsFor = (scheme: Scheme | undefined, period: string | undefined): Column<Row>[] => [
  {
    key: 'org',
    title: '组织',
    render: ({ org }) => (
      <Link to="/evaluation/result" search={{ org: org.id, scheme: scheme && schemeAddress(scheme), period } as never}>
        {org.name}
      </Link>
    ),
  },
  { key: 'above', title: '上级', render: ({ above }) => above ?? '', phone: 'line' },
  { key: 'score', title: '得分', align: 'right', render: (r) => `${marksText(r.score)} / ${r.outOf ?? '未定'}`, phone: 'line' },
  { key: 'grade', title: '等次', render: (r) => r.grade ?? '未定', phone: 'status' },
  { key: 'says', title: '说明', render: (r) => <span className="small t2">{explained(r)}</span> },
]
