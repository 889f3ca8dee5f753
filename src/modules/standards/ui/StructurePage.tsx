import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { ORG_KINDS } from '#modules/organisation/contract.ts'
import { useAddress } from '#web/address.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Status } from '#web/parts/Status.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { dateText } from '#web/text.ts'
import { CHECKS, type Finding, LEVELS, type Level } from '../contract.ts'

const LOOKS = { must: 'late', generally: 'soon', may: 'note' } as const

/** 设置检查: where organisations are not set up as the rules say, by which rule, and what to do. */
export function StructurePage() {
  const { org } = useOrg()
  const [{ level, open }, go] = useAddress<{ level?: Level; open?: string }>()
  const input = { orgId: org?.id ?? '', ...(level ? { level } : {}) }
  const { items, first, ...list } = useReadPages('standards.structure', input, { enabled: org !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织。" />
  const counts = first?.counts
  const all = counts && counts.must + counts.generally + counts.may
  return (
    <>
      <PageTitle
        conclusion={
          !counts
            ? '设置检查'
            : all === 0
              ? `${first.checked} 个党组织的设置都符合规定`
              : counts.must > 0
                ? `${counts.must} 处设置必须改`
                : `设置上有 ${all} 处要看一看`
        }
        note="人数、班子、覆盖单位和任务期限都由名册、任职和登记算出，随时更新；改好以后自动消失。"
      />
      <section className="card" aria-label="设置检查">
        <Tabs
          label="按强度看"
          active={level ?? 'all'}
          onChange={(key) => go({ level: key === 'all' ? undefined : key, open: undefined } as never)}
          tabs={[
            { key: 'all' as const, label: '全部', count: all },
            ...(Object.keys(LEVELS) as Level[]).map((key) => ({ key, label: LEVELS[key], count: counts?.[key] })),
          ]}
        />
        <ListTable
          label="设置检查"
          columns={columns}
          rows={items}
          rowKey={(f) => f.key}
          {...list}
          open={open}
          onOpen={(key) => go({ open: key } as never)}
          detail={(f) => ({ title: f.orgName, content: <Detail key={f.key} finding={f} /> })}
          empty={<Empty done why="没有不符合规定的设置。" later="名册和任职有变动时会重新检查。" />}
        />
      </section>
    </>
  )
}

const columns: Column<Finding>[] = [
  { key: 'org', title: '党组织', render: (f) => f.orgName, width: 200 },
  { key: 'says', title: '情况', render: (f) => f.says, phone: 'line' },
  { key: 'rule', title: '依据', render: (f) => <span className="t2 small">{f.source}</span> },
  {
    key: 'level',
    title: '强度',
    width: 120,
    narrow: true,
    phone: 'status',
    render: (f) => <Status kind={LOOKS[f.level]}>{LEVELS[f.level]}</Status>,
  },
]

function Detail({ finding: f }: { finding: Finding }) {
  const [setting, setSetting] = useState(false)
  return (
    <div className="stack">
      <p className="row wrap">
        <Status kind={LOOKS[f.level]}>{LEVELS[f.level]}</Status>
        <span className="t2">
          {ORG_KINDS[f.orgKind]} · {CHECKS[f.check].title}
        </span>
      </p>
      <p>{f.says}。</p>
      <section>
        <h3>怎么办</h3>
        <p>{f.remedy}。</p>
      </section>
      <section>
        <h3>依据</h3>
        <blockquote className="rule-text">{f.source}</blockquote>
      </section>
      {f.project && (
        <p className="t2">
          任务：{f.project.name}，{dateText(f.project.endsOn)}结束。
        </p>
      )}
      <div className="row wrap">
        <Link className="button" to="/organisation" search={{ org: f.orgId } as never}>
          看这个组织
        </Link>
        {f.canSetProject && (
          <button type="button" className="button" onClick={() => setSetting(true)}>
            {f.project ? '改任务期限' : '登记任务期限'}
          </button>
        )}
      </div>
      {setting && <ProjectForm finding={f} onClose={() => setSetting(false)} />}
    </div>
  )
}

function ProjectForm({ finding: { orgId, orgName, project }, onClose }: { finding: Finding; onClose: () => void }) {
  const [name, setName] = useState(project?.name ?? '')
  const [endsOn, setEndsOn] = useState<string | null>(project?.endsOn ?? null)
  return (
    <PanelForm
      name="standards.setProject"
      open
      onClose={onClose}
      kicker={orgName}
      title="任务和结束日期"
      note="到期以后，提醒本支部和上级办理撤销；任务延长的，改结束日期"
      input={() =>
        name.trim().length < 2 ? '请写是哪项任务' : !endsOn ? '请填结束日期' : { orgId, version: project?.version ?? 0, name, endsOn }
      }
      submit="存下任务期限"
      done="任务期限已登记"
    >
      {(problems) => (
        <>
          <TextLine label="任务" value={name} onChange={setName} problem={problems.name} max={200} hint="如：井下中央泵站改造" />
          <LabelledDate label="到哪一天结束" value={endsOn} onChange={setEndsOn} problem={problems.endsOn} />
        </>
      )}
    </PanelForm>
  )
}
