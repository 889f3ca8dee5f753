import { useRef, useState } from 'react'
import { useAddress } from '#web/address.ts'
import { useRead } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { usePhone } from '#web/screen.ts'
import type { Api } from '../../../platform.ts'
import { EntryForm } from './EntryForm.tsx'
import { EntryList } from './EntryList.tsx'
import './evaluation.css'
import './scheme.css'
import { lastYear, schemeAddress, schemeRef } from './words.ts'

export type Missing = Api['evaluation.missingEntries']['output']['items'][number]

interface Search {
  scheme?: string
  period?: string | number
  key?: string
}

/** Who judges their own organisation and must not. */
function Recusals({ orgId }: { orgId: string | undefined }) {
  const { data } = useRead('evaluation.recusals', { orgId: orgId ?? '' }, { enabled: orgId !== undefined })
  if (!data || data.items.length === 0) return null
  return (
    <section className="note hu" role="status">
      <div>
        <p className="strong">{data.items.length} 个评分人应当回避</p>
        {data.items.map((r) => (
          <p key={r.orgId + r.name} className="small">
            {r.says}。{r.remedy}。
          </p>
        ))}
      </div>
    </section>
  )
}

/** 填报数据: what nothing in the system can feed, entered by hand with its source; what is missing, and from whom. */
export function EntriesPage() {
  const { org } = useOrg()
  const [search, go] = useAddress<Search>()
  const period = String(search.period ?? lastYear())
  const { data: schemes } = useRead('evaluation.schemes', org ? { orgId: org.id } : {})
  const choices = (schemes?.items ?? []).filter((s) => s.state === 'published' || s.state === 'draft')
  const scheme = search.scheme ?? (choices[0] && schemeAddress(choices[0]))
  const input = { orgId: org?.id ?? '', period, ...schemeRef(scheme ?? '') }
  const ready = org !== undefined && scheme !== undefined && /^\d{4}(-\S{2})?$/.test(period)
  const { data, error, isPending, refetch } = useRead('evaluation.missingEntries', input, { enabled: ready })
  const items = data?.items ?? []
  const chosen = items.find((i) => i.key === search.key) ?? items.find((i) => i.missing.length > 0 && !i.optional) ?? items[0]
  const card = useRef<HTMLDivElement>(null)
  const phone = usePhone()
  const open = (key: string) => {
    go({ key })
    if (phone) requestAnimationFrame(() => card.current?.scrollIntoView())
  }
  return (
    <>
      <PageTitle
        conclusion={data ? conclusionOf(items) : '填报数据'}
        note="系统能从工作记录里取数的不用填。每一条都要写明来源，存入账本；填错了撤回再填，两次都留痕。"
      />
      <Recusals orgId={org?.id} />
      <section className="card">
        <div className="list-tools ev-pick">
          <Choice
            label="方案"
            value={scheme ?? null}
            options={Object.fromEntries(choices.map((s) => [schemeAddress(s), `${s.name}${s.state === 'draft' ? '（草稿）' : ''}`]))}
            onChange={(to) => go({ scheme: to, key: undefined } as never)}
          />
          <TextLine label="考核期" value={period} onChange={(to) => go({ period: to })} max={7} />
        </div>
      </section>
      {error ? (
        <ErrorCard error={error} again={refetch} />
      ) : !ready ? (
        <Empty why="本单位还没有考核方案，没有要填报的。" later="在「考核方案」里复制或导入一份。" />
      ) : isPending ? (
        <Skeleton lines={8} />
      ) : items.length === 0 ? (
        <section className="card ev-after">
          <Empty done why="这份方案全部由工作记录取数，没有要填报的。" />
        </section>
      ) : (
        <div className="ev-entries">
          <KeyList items={items} chosen={chosen?.key} onOpen={open} objects={data.objects} />
          <div className="ev-target" ref={card}>
            {chosen && <KeyCard key={`${chosen.key} ${period} ${scheme}`} item={chosen} input={input} canEnter={data.can.enter} />}
          </div>
        </div>
      )}
    </>
  )
}

const conclusionOf = (items: readonly Missing[]) => {
  const open = items.filter((i) => !i.optional && i.missing.length > 0)
  return open.length === 0 ? '要填报的都填了' : `还有 ${open.length} 项没有填齐`
}

interface ListProps {
  items: readonly Missing[]
  objects: number
  chosen: string | undefined
  onOpen: (key: string) => void
}

const KeyList = ({ items, objects, chosen, onOpen }: ListProps) => (
  <section className="card ev-tree">
    <header>
      <h2>要填的项</h2>
      <span className="small t2">已填 / 组织数</span>
    </header>
    <ul className="ev-tree-body">
      {items.map((i) => (
        <li key={i.key}>
          <button
            type="button"
            className={i.key === chosen ? 'on' : ''}
            aria-current={i.key === chosen || undefined}
            onClick={() => onOpen(i.key)}
          >
            <span className="grow">
              <span className="ellipsis">{i.name}</span>
              {i.when && <small className="ev-when">{i.when}</small>}
            </span>
            <span className={i.optional || i.missing.length === 0 ? 't3 small' : 'hu small'}>
              {i.filled}/{objects}
              {i.optional && ' 有则填'}
            </span>
          </button>
        </li>
      ))}
    </ul>
  </section>
)

interface CardProps {
  item: Missing
  input: { orgId: string; period: string }
  canEnter: boolean
}

function KeyCard({ item, input, canEnter }: CardProps) {
  const [entering, setEntering] = useState<{ orgId: string; orgName: string }>()
  return (
    <div className="stack">
      <section className="card">
        <header>
          <h2>{item.path.split('/').join(' / ')}</h2>
          <span className="small t2">由{item.by}</span>
        </header>
        <div className="inside stack">
          {item.when && <p>{item.when}</p>}
          {item.missing.length === 0 ? (
            <p className="song">各组织都填了。</p>
          ) : (
            <>
              <p className="small t2">{item.optional ? '没有发生的不用填。' : `未填 ${item.missing.length} 个，由${item.by}：`}</p>
              <ul className="ev-objects">
                {item.missing.map((o) => (
                  <li key={o.orgId}>
                    {canEnter ? (
                      <button type="button" className="link" onClick={() => setEntering(o)}>
                        {o.orgName}
                        <span className="hidden-text">，去填「{item.name}」</span>
                      </button>
                    ) : (
                      o.orgName
                    )}
                  </li>
                ))}
              </ul>
            </>
          )}
        </div>
      </section>
      <EntryList input={{ ...input, inputKey: item.key }} onAgain={setEntering} />
      {entering && <EntryForm item={item} org={entering} input={input} onClose={() => setEntering(undefined)} />}
    </div>
  )
}
