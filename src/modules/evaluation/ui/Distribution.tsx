import { useRead } from '#web/api.ts'
import { OwnDist } from '#web/parts/OwnDist.tsx'

interface Props {
  orgId: string
  runId: string
  path: string | undefined
  name: string | undefined
}

/** 和同类比: of the chosen indicator; without names, and nothing below five like units. */
export function Distribution({ orgId, runId, path, name }: Props) {
  const { data } = useRead('evaluation.distribution', { orgId, runId, ...(path ? { path } : {}) })
  if (!data) return null
  return (
    <section className="card">
      <header>
        <h2>和同类比</h2>
        <span className="small t2">
          {name}
          {data.count > 0 && ` · ${data.group} ${data.count} 个`}
        </span>
      </header>
      <div className="inside">
        {data.bins.length === 0 || data.mine === null ? (
          <p className="small t2">{data.mine === null && data.count > 0 ? '本组织这一项没有得分，不作比较。' : data.says}</p>
        ) : (
          <OwnDist
            bins={data.bins}
            mine={data.mine}
            mineName="本组织"
            {...(data.median && Math.abs(data.median.at - data.mine) > 0.5 ? { median: data.median } : {})}
            says={data.says}
          />
        )}
      </div>
    </section>
  )
}
