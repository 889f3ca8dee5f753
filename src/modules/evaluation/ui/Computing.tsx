import { useRead } from '#web/api.ts'
import { Progress } from '#web/parts/Progress.tsx'

/** How far a calculation is, asked every second while it runs. */
export function Computing({ ticket }: { ticket: string }) {
  const { data } = useRead('evaluation.progress', { ticket }, { refetchInterval: 1000 })
  return (
    <Progress
      doing={data?.doing ?? '正在准备'}
      done={data?.done ?? 0}
      {...(data && data.total > 0 ? { total: data.total } : {})}
      unit="项"
    />
  )
}
