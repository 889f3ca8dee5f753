import { Link, useNavigate } from '@tanstack/react-router'
import { App } from 'antd'
import { useState } from 'react'
import { useCommand, useRead, useUpload } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { FileDrop } from '#web/parts/FileDrop.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import type { Api } from '../../../platform.ts'
import './evaluation.css'
import { OBJECT_NAMES, STATES, schemeAddress } from './words.ts'

type Line = Api['evaluation.schemes']['output']['items'][number]

/** 考核方案: the unit's own, and the ones that come with the product to copy from. */
export function SchemesPage() {
  const { org } = useOrg()
  const [view, setView] = useState<'own' | 'shipped'>('own')
  const [importing, setImporting] = useState(false)
  const { data, isPending, error, refetch } = useRead('evaluation.schemes', org ? { orgId: org.id } : {})
  const own = (data?.items ?? []).filter((s) => s.schemeId)
  const shipped = (data?.items ?? []).filter((s) => s.shipped)
  const rows = view === 'own' && own.length > 0 ? own : view === 'own' ? [] : shipped
  return (
    <>
      <PageTitle
        conclusion={data ? conclusionOf(own) : '考核方案'}
        note="方案按本单位的办法写成数据，改动当场体检、试算。发布要有党组织研究的文号，发布后不能再改分值。"
        actions={
          data?.can.manage && (
            <button type="button" className="button" onClick={() => setImporting(true)}>
              导入方案文件
            </button>
          )
        }
      />
      <section className="card">
        <Tabs
          label="哪些方案"
          active={view}
          onChange={setView}
          tabs={[
            { key: 'own', label: '本单位', count: own.length },
            { key: 'shipped', label: '随产品带的公开方案', count: shipped.length },
          ]}
        />
        <ListTable
          label="考核方案"
          columns={columns(org?.id, data?.can.manage === true)}
          rows={rows}
          rowKey={schemeAddress}
          isPending={isPending}
          error={error}
          again={refetch}
          empty={
            <div className="empty">
              <p>本单位还没有考核方案。</p>
              <button type="button" className="button" onClick={() => setView('shipped')}>
                从公开方案里选一份复制
              </button>
            </div>
          }
        />
      </section>
      {importing && org && <ImportPanel orgId={org.id} onClose={() => setImporting(false)} />}
    </>
  )
}

const conclusionOf = (own: readonly Line[]) => {
  const published = own.filter((s) => s.state === 'published').length
  const drafts = own.filter((s) => s.state === 'draft').length
  return own.length === 0 ? '本单位还没有考核方案，可以从公开方案复制' : `已发布 ${published} 份方案，草稿 ${drafts} 份`
}

const columns = (orgId: string | undefined, manages: boolean): Column<Line>[] => [
  {
    key: 'name',
    title: '方案',
    render: (s) => (
      <Link to="/evaluation/schemes/$scheme" params={{ scheme: schemeAddress(s) } as never}>
        {s.name}
      </Link>
    ),
  },
  { key: 'object', title: '考核对象', render: (s) => OBJECT_NAMES[s.objectKind] ?? s.objectName, phone: 'line' },
  { key: 'total', title: '总分', align: 'right', render: (s) => (s.total === 'unknown' ? '未公布' : s.total), phone: 'line' },
  { key: 'items', title: '指标', align: 'right', render: (s) => `${s.items} 项` },
  { key: 'state', title: '状态', render: (s) => <StateTag line={s} />, phone: 'status' },
  { key: 'owner', title: '制定', render: (s) => s.orgName ?? s.source },
  {
    key: 'do',
    title: '办理',
    render: (s) => (s.shipped && orgId && manages ? <CopyButton orgId={orgId} line={s} /> : (s.documentNo ?? '')),
  },
]

const StateTag = ({ line }: { line: Line }) =>
  line.readOnlyBecause ? (
    <span className="tag zhe" title={line.readOnlyBecause}>
      只读：含个人积分
    </span>
  ) : (
    <span className={`tag ${STATES[line.state]!.tone}`}>
      {STATES[line.state]!.text}
      {line.edition !== null && ` 第 ${line.edition} 版`}
    </span>
  )

function CopyButton({ orgId, line }: { orgId: string; line: Line }) {
  const { message } = App.useApp()
  const navigate = useNavigate()
  const command = useCommand('evaluation.copyShipped')
  const copy = () =>
    line.readOnlyBecause
      ? void message.info(line.readOnlyBecause)
      : command.mutate(
          { orgId, shipped: line.shipped! },
          {
            onSuccess: ({ id }) => void navigate({ to: '/evaluation/schemes/$scheme', params: { scheme: id } } as never),
            onError: (error) => void message.error(error.message),
          },
        )
  return (
    <button type="button" className="button small" aria-disabled={line.readOnlyBecause !== null || undefined} onClick={copy}>
      复制成草稿<span className="hidden-text">：{line.name}</span>
    </button>
  )
}

function ImportPanel({ orgId, onClose }: { orgId: string; onClose: () => void }) {
  const navigate = useNavigate()
  const upload = useUpload('evaluation.importScheme')
  const take = (file: File) =>
    upload.mutate(
      { input: { orgId }, file },
      { onSuccess: ({ id }) => void navigate({ to: '/evaluation/schemes/$scheme', params: { scheme: id } } as never) },
    )
  return (
    <SidePanel
      open
      onClose={onClose}
      title="导入方案文件"
      note="YAML 文件，写法见产品的方案格式说明。导入后是草稿，自相矛盾的地方只提示，不改动。"
    >
      <div className="stack">
        <FileDrop title="把方案文件拖到这里" accept={['.yaml', '.yml', '.json']} limit={1_000_000} busy={upload.isPending} onFile={take} />
        {upload.error && <Refused error={upload.error} />}
      </div>
    </SidePanel>
  )
}

/** The refusal with every place that has to be mended. */
export function Refused({ error }: { error: Error & { fields?: Record<string, string[]> } }) {
  return (
    <>
      <ErrorCard error={error} />
      <ul className="ev-lines">
        {Object.entries(error.fields ?? {}).map(([place, says]) => (
          <li key={place}>
            <b>{place}</b>
            <span className="small zhe">{says.join('；')}</span>
          </li>
        ))}
      </ul>
    </>
  )
}
