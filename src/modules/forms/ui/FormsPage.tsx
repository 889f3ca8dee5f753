import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Icon } from '#web/parts/Icon.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { momentText } from '#web/text.ts'
import { AddForm } from './AddForm.tsx'
import './forms.css'

/** The superiors' forms that are filled in from records: uploaded and mapped once, then only downloaded. */
export function FormsPage() {
  const { org } = useOrg()
  const { data, error, refetch } = useRead('forms.list', { orgId: org?.id ?? '' }, { enabled: org !== undefined })
  const [adding, setAdding] = useState(false)
  if (!org)
    return (
      <>
        <PageTitle conclusion="代填上级表格" />
        <Empty why="你还没有所在的党组织，这里没有表格。" />
      </>
    )
  return (
    <>
      <PageTitle
        conclusion={data && data.items.length > 0 ? `${data.items.length} 张上级表格，可以从记录填好` : '代填上级表格'}
        note="上级发来的空表上传一次、对应一次，以后每个时间段直接从记录填好下载。"
        actions={
          data?.can.manage && (
            <button type="button" className="button primary" onClick={() => setAdding(true)}>
              <Icon name="plus" weight={2} /> 上传空表
            </button>
          )
        }
      />
      {error ? (
        <ErrorCard error={error} again={refetch} />
      ) : !data ? (
        <Skeleton lines={6} />
      ) : (
        <section className="card" aria-label="上级的表格">
          {data.items.length === 0 ? (
            <Empty why="还没有上传空表。" later="上传的空表会列在这里，本组织和下级都能用它来填。" />
          ) : (
            <ul className="form-list">
              {data.items.map((f) => (
                <li key={f.id}>
                  <div>
                    <Link to={'/forms/$id' as never} params={{ id: f.id } as never} search={{ org: org.id } as never} className="strong">
                      {f.name}
                    </Link>
                    <span className="small t2">
                      {f.orgName}上传　{momentText(f.changedAt)} {f.changedBy}改
                    </span>
                  </div>
                  <span className={`tag ${f.spots === 0 ? 'hu' : ''}`}>{f.spots === 0 ? '还没有对应' : `对应了 ${f.spots} 处`}</span>
                </li>
              ))}
            </ul>
          )}
        </section>
      )}
      {adding && <AddForm orgId={org.id} onClose={() => setAdding(false)} />}
    </>
  )
}
