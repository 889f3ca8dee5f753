import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { BranchWorkbench } from './BranchWorkbench.tsx'
import { CommitteeWorkbench } from './CommitteeWorkbench.tsx'
import './duties.css'

/** 工作台, the first page: what a branch has to do now, or how the branches of a committee stand. Never a score. */
export function WorkbenchPage() {
  const { org } = useOrg()
  const { data, error, refetch } = useRead('duties.now', { orgId: org?.id ?? '' }, { enabled: org !== undefined })
  if (!org)
    return (
      <>
        <PageTitle conclusion="这里还没有你的事" />
        <Empty
          why="你现在没有党组织的职务，名册上也还没有你。"
          later="编入支部名册以后，本支部的组织生活会出现在这里。要开通请找党务干部。"
        />
      </>
    )
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!data) return <Skeleton lines={8} />
  return data.isBranch ? <BranchWorkbench now={data} /> : <CommitteeWorkbench orgId={org.id} />
}
