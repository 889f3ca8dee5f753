import { Link, useNavigate } from '@tanstack/react-router'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { downloadOf, useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { Status } from '#web/parts/Status.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { YearPick } from '#web/parts/YearPick.tsx'
import { holds, useSession } from '#web/session.ts'
import { COMMON_KINDS, MEETING_KINDS, type MeetingCard, type MeetingKind } from '../contract.ts'
import { FindingsList } from './FindingsList.tsx'
import './meetings.css'
import { LateTag } from './LateTag.tsx'
import { ownName, useOwnKinds } from './ownKinds.ts'
import { kindsText, stateLook, whenText } from './words.ts'

type View = 'all' | 'submitted' | 'findings'
interface Search {
  year?: number
  kind?: MeetingKind | undefined
  own?: string | undefined
  view?: View
}

const VIEWS: { key: View; label: string }[] = [
  { key: 'all', label: '全部' },
  { key: 'submitted', label: '待签字' },
  { key: 'findings', label: '需要核对' },
]

/** The meetings of an organisation and those below it, by year and kind, newest first. */
export function MeetingsPage() {
  const { org } = useOrg()
  const session = useSession()
  const navigate = useNavigate()
  const [{ year = Number(today().slice(0, 4)), kind, own, view = 'all' }, choose] = useAddress<Search>()
  const list = useReadPages(
    'meetings.list',
    {
      ...(org ? { orgId: org.id } : {}),
      year,
      ...(kind ? { kind } : {}),
      ...(own ? { ownKindId: own } : {}),
      ...(view === 'submitted' ? { state: 'submitted' as const } : {}),
    },
    { enabled: org !== undefined },
  )
  const ownKinds = useOwnKinds(org?.id)
  if (!org) return <Empty why="你还没有所在的党组织，这里没有可看的会议。" />
  return (
    <>
      <PageTitle
        conclusion={`${year} 年会议记录`}
        note={`${org.name}及所辖组织，新的在前。`}
        crumb="会议列表"
        actions={
          <>
            {holds(session, 'meetings.readCommittee') && (
              <Link className="button" to="/meetings/life">
                双重组织生活、学习、专题
              </Link>
            )}
            {holds(session, 'meetings.record') && (
              <Link className="button" to="/meetings/kinds">
                会议类别
              </Link>
            )}
            {holds(session, 'meetings.import') && (
              <Link className="button" to="/meetings/import">
                <Icon name="upload" /> 导入台账
              </Link>
            )}
            <PaperLinks
              label={`${year} 年台账`}
              of={(format) => downloadOf('meetings.registerPaper', { orgId: org.id, year, format })}
              excel={downloadOf('meetings.register', { orgId: org.id, year })}
            />
          </>
        }
      />
      <section className="card">
        <Tabs label="会议记录" tabs={VIEWS} active={view} onChange={(key) => choose({ view: key === 'all' ? undefined : key })} />
        <div className="list-tools">
          <YearPick year={year} onChange={(y) => choose({ year: y })} />
          <label className="pick" hidden={view === 'findings'}>
            类别
            <select className="text" value={own ? `own:${own}` : (kind ?? '')} onChange={(e) => choose(chosenKind(e.target.value))}>
              <option value="">全部</option>
              {Object.entries(COMMON_KINDS).map(([k, name]) => (
                <option key={k} value={k}>
                  {name}
                </option>
              ))}
              {ownKinds.map((k) => (
                <option key={k.id} value={`own:${k.id}`}>
                  {k.name}
                  {k.retiredOn ? '（已停用）' : ''}
                </option>
              ))}
            </select>
          </label>
        </div>
        {view === 'findings' ? (
          <FindingsList orgId={org.id} year={year} />
        ) : (
          <ListTable
            label="会议记录"
            columns={columns}
            {...list.table}
            rowKey={(m) => m.id}
            onOpen={(id) => id && void navigate({ to: `/meetings/${id}` } as never)}
            empty={
              <Empty
                why={`${year} 年还没有${ownName(ownKinds, own) ?? (kind ? MEETING_KINDS[kind] : '会议')}记录。`}
                later="记过的会议会按日期列在这里。"
              />
            }
          />
        )}
      </section>
    </>
  )
}

/** A common kind, or one of the unit's own. */
const chosenKind = (value: string): Search =>
  value.startsWith('own:')
    ? { own: value.slice(4), kind: undefined }
    : { kind: (value || undefined) as MeetingKind | undefined, own: undefined }

const columns: Column<MeetingCard>[] = [
  { key: 'title', title: '会议', render: (m) => m.title },
  { key: 'kinds', title: '类别', render: (m) => kindsText(m), phone: 'line' },
  { key: 'when', title: '时间', render: (m) => <span className="nowrap">{whenText(m)}</span>, phone: 'line' },
  { key: 'org', title: '组织', render: (m) => m.orgName },
  { key: 'expected', title: '应到', align: 'right', render: (m) => m.expected },
  { key: 'present', title: '实到', align: 'right', render: (m) => m.present },
  { key: 'state', title: '状态', render: (m) => <State m={m} />, phone: 'status' },
]

function State({ m }: { m: MeetingCard }) {
  const look = stateLook(m.state)
  return (
    <span className="row wrap">
      <Status kind={look.kind}>{look.words}</Status>
      <LateTag m={m} />
      {m.warnings > 0 && <span className="tag zhe">{m.warnings} 处提示</span>}
    </span>
  )
}
