import { type ReactNode, useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { BRANCH_KINDS, type OrgKind } from '#modules/organisation/contract.ts'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { OrgPicker } from '#web/parts/OrgPicker.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PeriodPick } from '#web/parts/PeriodPick.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { dateText } from '#web/text.ts'
import type { ChapterCard } from '../contract.ts'
import { ChapterText } from './ChapterText.tsx'
import { Prints } from './Prints.tsx'
import './handbook.css'

/** 支部工作手册: choose the branch, the time and the parts, see what is in them, take it along as Word, PDF or Excel. */
export function HandbookPage() {
  const { org, choose } = useOrg()
  const [{ period = today().slice(0, 4) }, show] = useAddress<{ period?: string }>()
  if (!org) return <Empty why="你还没有所在的党组织" />
  if (!BRANCH_KINDS.includes(org.kind as OrgKind))
    return (
      <>
        <PageTitle conclusion="先选一个支部，再看它的工作手册" note="手册按支部和时间从记录生成，不用再抄一遍。" />
        <section className="card book-pick">
          <OrgPicker label="支部" value={null} onChange={(to) => to && choose({ id: to.id, name: to.name, kind: 'partyBranch' })} />
        </section>
      </>
    )
  return <Book key={`${org.id}${period}`} orgId={org.id} period={period} onPeriod={(to) => show({ period: to })} />
}

function Book({ orgId, period, onPeriod }: { orgId: string; period: string; onPeriod: (period: string) => void }) {
  const { data, error, refetch } = useRead('handbook.look', { orgId, period })
  const [left, setLeft] = useState<readonly string[]>([])
  const [open, setOpen] = useState<string | null>(null)
  if (error) return <ErrorCard error={error} again={refetch} />
  const pick = <PeriodPick period={period} onChange={onPeriod} />
  if (!data)
    return (
      <>
        <PageTitle conclusion="正在从记录里整理手册" note="会议多的支部要几秒钟。" actions={pick} />
        <Skeleton lines={10} />
      </>
    )
  const printed = data.chapters.filter((c) => c.mine && !left.includes(c.key))
  const filled = printed.filter((c) => !c.empty).length
  return (
    <>
      <PageTitle
        conclusion={`${data.orgName} ${data.name}的手册：${printed.length} 章，其中 ${filled} 章有记录`}
        note={`${dateText(data.from)}至${dateText(data.to)}的记录；没有记录的章会写明“没有”，不会空着。`}
        actions={pick}
      />
      <section className="card">
        <Prints orgId={orgId} period={period} keys={printed.map(({ key }) => key)} />
        <ul className="book-chapters" aria-label="手册的章">
          {data.chapters.map((c) => (
            <ChapterLine
              key={c.key}
              chapter={c}
              taken={c.mine && !left.includes(c.key)}
              onTake={(take) => setLeft(take ? left.filter((k) => k !== c.key) : [...left, c.key])}
              open={open === c.key}
              onOpen={() => setOpen(open === c.key ? null : c.key)}
            >
              <ChapterText orgId={orgId} period={period} chapter={c.key} />
            </ChapterLine>
          ))}
        </ul>
      </section>
    </>
  )
}

interface LineProps {
  chapter: ChapterCard
  taken: boolean
  onTake: (take: boolean) => void
  open: boolean
  onOpen: () => void
  children: ReactNode
}

function ChapterLine({ chapter, taken, onTake, open, onOpen, children }: LineProps) {
  return (
    <li>
      <div className="book-line">
        <label className="row">
          <input type="checkbox" checked={taken} disabled={!chapter.mine} onChange={(e) => onTake(e.target.checked)} />
          <span className="strong">{chapter.title}</span>
        </label>
        <span className={`small ${chapter.empty ? 't3' : 't2'}`}>{chapter.says}</span>
        {!chapter.empty && (
          <button type="button" className="button small" aria-expanded={open} onClick={onOpen}>
            {open ? '收起' : '看内容'}
            <span className="hidden-text">：{chapter.title}</span>
          </button>
        )}
      </div>
      {open && children}
    </li>
  )
}
