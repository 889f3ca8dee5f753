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
import { PlanFormParts } from './PlanFormParts.tsx'
import { formOfPlan } from './planForm.ts'

/** 安排会议: a new plan of this organisation, or one that stands, opened again (`?edit=`). */
export function PlanFormPage() {
  const { org } = useOrg()
  const session = useSession()
  const { edit, kind, day } = useSearch({ strict: false }) as { edit?: string; kind?: string; day?: string }
  const read = useRead('meetings.planned', { id: edit ?? '' }, { enabled: edit !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织，不能安排会议。" />
  if (edit && read.error) return <ErrorCard error={read.error} again={read.refetch} />
  if (edit && !read.data) return <Skeleton lines={8} />
  if (!edit && !holds(session, 'meetings.record')) return <Empty why="会议由书记、委员或党务干部安排。要安排的话，请找支部书记。" />
  const p = read.data
  return (
    <>
      <PageTitle
        conclusion={p ? `变更「${p.title}」的安排` : '安排一次会议'}
        crumb="安排会议"
        note={
          p
            ? '改了时间或地点，已回复的人要重新回复；改议程不影响回复。'
            : `${org.name}。安排好就出通知，开完会直接从安排生成记录，不用再填。`
        }
      />
      <PlanFormParts
        key={edit ?? org.id}
        orgId={p?.orgId ?? org.id}
        editing={p && { id: p.id, version: p.version, form: formOfPlan(p) }}
        kinds={kindsIn(kind)}
        day={day}
      />
    </>
  )
}

/** `?kind=memberAssembly,orgLifeMeeting`: one meeting of several kinds, the leading one first. */
const kindsIn = (kind: string | undefined) => (kind ?? '').split(',').flatMap((k) => MeetingKind.safeParse(k).data ?? [])
