import { useSearch } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { holds, useSession } from '#web/session.ts'
import { MeetingKind } from '../contract.ts'
import './meetings.css'
import { RecordForm } from './RecordForm.tsx'
import { formOf } from './recordForm.ts'

/** 记一次会议: a new record of this organisation, or one that waits for its signature, opened again (`?edit=`). */
export function RecordPage() {
  const { org } = useOrg()
  const session = useSession()
  const { edit, kind, plan } = useSearch({ strict: false }) as { edit?: string; kind?: string; plan?: string }
  const read = useRead('meetings.get', { id: edit ?? '' }, { enabled: edit !== undefined })
  const planned = useRead('meetings.planned', { id: plan ?? '' }, { enabled: plan !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织，不能记会议。" />
  if (plan && planned.error) return <ErrorCard error={planned.error} again={planned.refetch} />
  if (plan && !planned.data) return <Skeleton lines={8} />
  if (edit && read.error) return <ErrorCard error={read.error} again={read.refetch} />
  if (edit && !read.data) return <Skeleton lines={8} />
  if (!edit && !holds(session, 'meetings.record')) return <Empty why="会议由书记、委员或党务干部记录。要记的话，请找支部书记。" />
  const m = read.data
  const first = MeetingKind.safeParse(kind).data
  return (
    <>
      <PageTitle
        conclusion={m ? `修改「${m.title}」` : '记一次会议'}
        crumb="记一次会议"
        note={m ? undefined : planned.data ? `${planned.data.orgName}。安排里的都已填好，核对到会和结果即可。` : org.name}
      />
      <RecordForm
        key={edit ?? plan ?? org.id}
        orgId={m?.orgId ?? planned.data?.orgId ?? org.id}
        plan={planned.data}
        editing={m && { id: m.id, version: m.version, form: formOf(m) }}
        kind={first}
      />
    </>
  )
}
