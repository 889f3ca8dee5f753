import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'

/** How many things wait for whoever records for this organisation; undefined for everybody else. */
export function useOpenCount(): number | undefined {
  const { org } = useOrg()
  const { data } = useRead('duties.now', { orgId: org?.id ?? '' }, { enabled: org !== undefined })
  if (!data?.can.record) return undefined
  return data.overdue.length + data.open.filter((d) => d.strength !== 'may').length || undefined
}
