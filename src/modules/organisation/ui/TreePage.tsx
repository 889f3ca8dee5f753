import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/api.ts'
import { DateField } from '#web/parts/DateField.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import { usePhone } from '#web/screen.ts'
import { holds, useSession } from '#web/session.ts'
import { countText, dateText } from '#web/text.ts'
import { BRANCH_KINDS } from '../contract.ts'
import { FoundForm } from './FoundForm.tsx'
import { OrgDetail } from './OrgDetail.tsx'
import { type Node, OrgTable } from './OrgTable.tsx'
import { UnitList } from './UnitList.tsx'
import './organisation.css'

/** The Party's tree as on a day, with what is known of the organisation that is open. */
export function TreePage() {
  const session = useSession()
  const phone = usePhone()
  const [{ open, on, view }, show] = useAddress<{ open?: string; on?: string; view?: 'units' }>()
  const [founding, setFounding] = useState(false)
  const tree = useRead('organisation.tree', on ? { on } : {})
  const counts = useRead('members.headcounts', on ? { on } : {}, { enabled: holds(session, 'members.read') })
  const manages = holds(session, 'organisation.manage')
  const nodes: Node[] = tree.data?.items ?? []
  const opened = nodes.find(({ id }) => id === open)
  const detail = open && <OrgDetail id={open} on={on} onMoved={() => show({})} />

  return (
    <>
      <PageTitle
        conclusion={conclusionOf(nodes, on, tree.data === undefined)}
        note={
          on && on !== today()
            ? `按 ${dateText(on)} 的架构显示，名称和隶属都是那一天的`
            : '名称、隶属按今天的架构；换一个日期可以看那一天的样子'
        }
        actions={
          manages && (
            <>
              <Link to="/organisation/import" className="button">
                从表格导入
              </Link>
              <button type="button" className="button primary" onClick={() => setFounding(true)}>
                成立党组织
              </button>
            </>
          )
        }
      />
      <section className="card">
        <Tabs
          label="看哪一种架构"
          tabs={[
            { key: 'party', label: '党组织' },
            { key: 'units', label: '行政架构' },
          ]}
          active={view ?? 'party'}
          onChange={(key) => show({ view: key === 'units' ? key : undefined, open: undefined })}
        />
        <div className="list-tools">
          <label htmlFor="tree-on" className="small t2">
            看哪一天
          </label>
          <DateField id="tree-on" value={on ?? today()} onChange={(day) => show({ on: day && day !== today() ? day : undefined })} />
          {on && (
            <button type="button" className="button text small" onClick={() => show({ on: undefined })}>
              回到今天
            </button>
          )}
        </div>
        {view === 'units' ? (
          <UnitList on={on} manages={manages} />
        ) : tree.error ? (
          <ErrorCard error={tree.error} again={tree.refetch} />
        ) : tree.isPending ? (
          <Skeleton lines={8} />
        ) : nodes.length === 0 ? (
          <Empty
            why={on ? '这一天还没有党组织' : '还没有建立党组织'}
            later="有一份组织信息表的，导入最快；也可以从最高一级开始逐个成立。"
            action={
              manages &&
              !on && (
                <Link to="/organisation/import" className="button">
                  导入组织信息表
                </Link>
              )
            }
          />
        ) : (
          <div className={detail && !phone ? 'list-with-detail' : ''}>
            <div className="list-scroll">
              <OrgTable
                nodes={nodes}
                counts={counts.data?.items}
                open={open}
                onOpen={(id) => show({ open: id === open ? undefined : id })}
                narrow={!phone && !!detail}
              />
              <p className="list-foot small t2">
                共 {countText(nodes.length)} 个党组织{tree.data?.truncated && '（只列出了一部分，请从下级往下看）'}
              </p>
            </div>
            {detail && !phone && (
              <section className="list-detail" aria-label={opened?.name ?? '党组织详情'}>
                <header>
                  <h2 className="grow">{opened?.name ?? '党组织详情'}</h2>
                  <button type="button" className="button text small" onClick={() => show({ open: undefined })}>
                    关闭
                  </button>
                </header>
                {detail}
              </section>
            )}
          </div>
        )}
      </section>
      {phone && (
        <SidePanel open={!!detail} onClose={() => show({ open: undefined })} title={opened?.name ?? '党组织详情'}>
          {detail}
        </SidePanel>
      )}
      {founding && (
        <FoundForm
          parent={opened ? { id: opened.id, name: opened.name } : null}
          isFirst={nodes.length === 0}
          onClose={() => setFounding(false)}
          onDone={(id) => show({ open: id })}
        />
      )}
    </>
  )
}

function conclusionOf(nodes: Node[], on: string | undefined, unknown: boolean): string {
  if (unknown) return '组织架构'
  const branches = nodes.filter(({ kind }) => BRANCH_KINDS.includes(kind)).length
  const day = on && on !== today() ? `${dateText(on)}有` : '现有'
  return nodes.length === 0 ? '组织架构还是空的' : `${day} ${countText(nodes.length)} 个党组织，其中 ${countText(branches)} 个党支部`
}
