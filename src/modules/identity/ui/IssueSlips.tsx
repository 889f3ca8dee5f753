import { Select } from 'antd'
import { type FormEvent, useDeferredValue, useId, useState } from 'react'
import { useCommand, useRead, useReadPages } from '#web/api.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { countText } from '#web/text.ts'
import { ACCOUNT_STATES, type AccountState, SLIP_POSTS } from '../contract.ts'
import type { SlipCandidate } from '../officersContract.ts'
import { type Paper, SlipPaper } from './SlipPaper.tsx'

const DAYS = { '7': '7 天', '14': '14 天', '30': '30 天', '90': '90 天' }
type PostKey = keyof typeof SLIP_POSTS

/** Slips in bulk from today's rosters: choose, look, issue, print. */
export function IssueSlips() {
  const [org, setOrg] = useState<{ id: string; name: string } | null>(null)
  const [posts, setPosts] = useState<PostKey[]>([])
  const [again, setAgain] = useState(false)
  const [title, setTitle] = useState('')
  const [days, setDays] = useState<keyof typeof DAYS>('14')
  const [paper, setPaper] = useState<Paper | null>(null)
  const issue = useCommand('identity.issueSlips')
  const filter = { ...(org ? { orgId: org.id } : {}), ...(posts.length > 0 ? { posts } : {}), again }
  const list = useReadPages('identity.previewSlips', { ...filter, limit: 50 })
  const issuable = list.first?.issuable ?? 0
  const name = title.trim() || org?.name || '全部组织'

  if (paper) return <SlipPaper paper={paper} onClose={() => setPaper(null)} />
  const send = (event: FormEvent) => {
    event.preventDefault()
    if (issue.isPending || issuable === 0) return
    issue.mutate(
      { ...filter, title: name, validDays: Number(days) },
      { onSuccess: ({ slips, until, left, sheet }) => setPaper({ title: name, slips, until, left, sheet }) },
    )
  }
  const toggle = (post: PostKey) => setPosts(posts.includes(post) ? posts.filter((one) => one !== post) : [...posts, post])

  return (
    <>
      <form className="inside stack slip-form" onSubmit={send}>
        <OrgChoice value={org} onChange={setOrg} />
        <fieldset className="field slip-posts">
          <legend>只发给担任这些职务的人（都不选就是名册上所有党员）</legend>
          {(Object.keys(SLIP_POSTS) as PostKey[]).map((post) => (
            <label key={post} className="row small">
              <input type="checkbox" checked={posts.includes(post)} onChange={() => toggle(post)} /> {SLIP_POSTS[post]}
            </label>
          ))}
        </fieldset>
        <label className="row small">
          <input type="checkbox" checked={again} onChange={(event) => setAgain(event.target.checked)} />
          发过还没激活的也重发（原来的码作废）
        </label>
        <TextLine label="这一批叫什么" value={title} onChange={setTitle} hint={`不填就叫「${name}」`} max={60} />
        <Choice label="几天内有效" value={days} options={DAYS} onChange={setDays} />
        {issue.error && <ErrorCard error={issue.error} />}
        <div className="row">
          <button type="submit" className="button primary" aria-disabled={issue.isPending || issuable === 0 || undefined}>
            {issue.isPending ? '正在做…' : `给 ${countText(issuable)} 人发开通条`}
          </button>
          {list.first && (
            <span className="small t2">
              共 {countText(list.first.total)} 人，其中 {countText(list.first.total - issuable)} 人不用发或发不了，原因见下表
            </span>
          )}
        </div>
      </form>
      <ListTable
        label="会发给谁"
        columns={COLUMNS}
        {...list.table}
        rowKey={(row) => row.personId}
        total={list.first?.total}
        empty={<Empty why="名册上没有符合条件的人" later="花名册由党务干部导入；导入后这里就能发。" />}
      />
    </>
  )
}

const COLUMNS: Column<SlipCandidate>[] = [
  { key: 'name', title: '姓名', render: (row) => row.name, width: 110 },
  { key: 'org', title: '组织', render: (row) => row.orgName, phone: 'line' },
  { key: 'posts', title: '职务', render: (row) => row.posts.join('、') },
  { key: 'login', title: '账号', render: (row) => row.login ?? <span className="t3">没有</span> },
  {
    key: 'state',
    title: '发不发',
    phone: 'status',
    render: (row) => (row.problem ? <span className="t2">不发：{row.problem}</span> : <span className="song">发{again(row.account)}</span>),
  },
]

const again = (state: AccountState | null) => (state ? `（${ACCOUNT_STATES[state]}，换新码）` : '')

/** The officer holds no right to read the tree, so the names come from identity itself. */
function OrgChoice({
  value,
  onChange,
}: {
  value: { id: string; name: string } | null
  onChange: (org: { id: string; name: string } | null) => void
}) {
  const id = useId()
  const [text, setText] = useState('')
  const sought = useDeferredValue(text.trim())
  const { data, isFetching } = useRead('identity.findOrg', { text: sought })
  return (
    <div className="field">
      <label htmlFor={id}>组织（含下级；不选就是全单位）</label>
      <Select
        id={id}
        showSearch={{ filterOption: false, onSearch: setText }}
        allowClear
        placeholder="输入名称里的几个字"
        style={{ width: '100%' }}
        value={value?.id ?? null}
        loading={isFetching}
        notFoundContent={isFetching ? '正在找…' : '没有找到这个名称的组织'}
        options={(data?.items ?? (value ? [value] : [])).map((org) => ({ value: org.id, label: org.name }))}
        onChange={(next, option) => onChange(next ? { id: next, name: (option as unknown as { label: string }).label } : null)}
      />
    </div>
  )
}
