import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead, useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { OVERHAUL_STATES, type OverhaulCard, REASONS } from '../contract.ts'
import { BeginForm } from './BeginForm.tsx'
import { WeakRuleForm } from './WeakRuleForm.tsx'
import './standards.css'

type Found = Api['standards.weakFound']['output']['items'][number]

/** Branches being put in order; for those above also where the records show a situation of the unit's own rule. */
export function OverhaulsPage() {
  const { org } = useOrg()
  const go = useNavigate()
  const list = useReadPages('standards.overhauls', { ...(org ? { orgId: org.id } : {}), limit: 30 })
  const leads = list.first?.can.begin === true
  const running = list.items.filter(({ state }) => state === 'open').length
  return (
    <>
      <PageTitle
        conclusion={running > 0 ? `${running} 个支部正在整顿` : '没有正在整顿的支部'}
        crumb="支部整顿"
        note="列不列入由上级党组织的同志根据记录确认，不排名、不摊派；支部看得到依据，可以说明情况。"
      />
      <div className="stack">
        {org && leads && <Rule org={org} />}
        {org && leads && <Situations orgId={org.id} />}
        <section className="card" aria-label="整顿的支部">
          {leads && (
            <header>
              <h2>整顿的支部</h2>
            </header>
          )}
          <ListTable
            label="整顿的支部"
            columns={COLUMNS}
            {...list.table}
            rowKey={(v) => v.id}
            onOpen={(id) => id && go({ to: `/overhauls/${id}` as '/' })}
            empty={<Empty done why="没有整顿的支部。" />}
          />
        </section>
      </div>
    </>
  )
}

const COLUMNS: Column<OverhaulCard>[] = [
  { key: 'org', title: '支部', render: (v) => v.orgName },
  { key: 'why', title: '情形', phone: 'line', render: (v) => v.situations.map(({ reason }) => REASONS[reason]).join('、') },
  { key: 'helper', title: '联系人', render: (v) => v.helper.name },
  { key: 'until', title: '期限', render: (v) => dateText(v.untilOn) },
  { key: 'state', title: '状态', width: 120, phone: 'status', render: (v) => <OverhaulState {...v} /> },
]

export const OverhaulState = ({ state, late }: Pick<OverhaulCard, 'state' | 'late'>) => (
  <Status kind={state === 'passed' ? 'done' : late ? 'late' : state === 'open' ? 'soon' : 'note'}>
    {late ? '已过期限' : OVERHAUL_STATES[state]}
  </Status>
)

/** The unit's own rule, off unless somebody named its source. */
function Rule({ org }: { org: { id: string; name: string } }) {
  const { data, error, refetch } = useRead('standards.weakRule', { orgId: org.id })
  const [setting, setSetting] = useState(false)
  const rule = data?.rule
  return (
    <section className="card" aria-label="认定情形">
      <header>
        <h2>认定情形</h2>
        {data?.can.set && (
          <button type="button" className="button small" onClick={() => setSetting(true)}>
            {rule?.isOn ? '改定' : '启用'}
          </button>
        )}
      </header>
      <div className="inside">
        {error && <ErrorCard error={error} again={refetch} />}
        {!data && !error && <Skeleton lines={2} />}
        {data && !rule?.isOn && <p className="t2">没有启用，系统不看任何支部。各地规定不同，启用时写明本单位的依据。</p>}
        {rule?.isOn && (
          <>
            <p>{rule.reasons.map((reason) => wordsOf(reason, rule)).join('；')}。</p>
            <p className="small t3">
              依据：{rule.source}，{rule.orgName}定
            </p>
          </>
        )}
      </div>
      {setting && data && <WeakRuleForm org={org} rule={rule ?? null} version={data.version} onClose={() => setSetting(false)} />}
    </section>
  )
}

const wordsOf = (reason: keyof typeof REASONS, rule: { vacantMonths: number; undevelopedMonths: number }): string =>
  ({
    committee: '7 人以上的支部，支委不足 3 人又没有支委会记录',
    vacant: `书记缺位满 ${rule.vacantMonths} 个月`,
    life: '连续两个季度没有党员大会记录',
    development: `${rule.undevelopedMonths} 个月没有接收预备党员`,
  })[reason]

function Situations({ orgId }: { orgId: string }) {
  const list = useReadPages('standards.weakFound', { orgId, limit: 20 })
  const [beginning, setBeginning] = useState<Found | null>(null)
  if (list.first && list.first.rule === null) return null
  const columns: Column<Found>[] = [
    { key: 'org', title: '支部', render: (f) => f.orgName, width: 200 },
    { key: 'says', title: '记录里的情形', phone: 'line', render: (f) => f.situations.map(({ says }) => says).join('；') },
    {
      key: 'open',
      title: '记录',
      width: 110,
      render: (f) => (
        <Link
          className="button small"
          to={f.open.split('?')[0]!}
          search={Object.fromEntries(new URLSearchParams(f.open.split('?')[1])) as never}
        >
          看记录<span className="hidden-text">：{f.orgName}</span>
        </Link>
      ),
    },
    {
      key: 'begin',
      title: '确认',
      width: 130,
      render: (f) => (
        <button type="button" className="button small" onClick={() => setBeginning(f)}>
          确认列入<span className="hidden-text">：{f.orgName}</span>
        </button>
      ),
    },
  ]
  return (
    <section className="card" aria-label="记录里有情形的支部">
      <header>
        <h2>记录里有情形的支部</h2>
        {list.first && <span className="small t2">看了 {list.first.checked} 个支部</span>}
      </header>
      <ListTable
        label="记录里有情形的支部"
        columns={columns}
        {...list.table}
        rowKey={(f) => f.orgId}
        onOpen={(id) => setBeginning(list.items.find((f) => f.orgId === id) ?? null)}
        empty={<Empty done why="没有支部有这些情形。" />}
      />
      {beginning && <BeginForm found={beginning} onClose={() => setBeginning(null)} />}
    </section>
  )
}
