import { useCommand, useRead } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Tabs } from '#web/parts/Tabs.tsx'
import type { Api } from '../../../platform.ts'
import { KINDS, type Kind } from '../contract.ts'

interface Props {
  of: { orgId: string; year: number }
  kind: Kind
  onKind: (kind: Kind) => void
  onClose: () => void
}

type Answer = Api['statistics.texts']['output']

/** How files write 岗位, 职称 and 学历, and which row of the tables each is: what nobody knows is asked once. */
export function TextsPanel({ of, kind, onKind, onClose }: Props) {
  const { data, error, refetch } = useRead('statistics.texts', { ...of, kind })
  const open = data?.items.filter((t) => t.code === null).length ?? 0
  return (
    <SidePanel
      open
      onClose={onClose}
      kicker="年报口径"
      title={data ? (open > 0 ? `${open} 种写法还没有对应` : '写法都对应好了') : '写法对应'}
      note="选一次，本组织和下级以后的年报都照这样算。"
    >
      <Tabs
        label="哪一项"
        active={kind}
        onChange={onKind}
        tabs={(Object.keys(KINDS) as Kind[]).map((key) => ({ key, label: KINDS[key] }))}
      />
      {error ? (
        <ErrorCard error={error} again={refetch} />
      ) : !data ? (
        <Skeleton lines={6} />
      ) : data.items.length === 0 ? (
        <Empty why={`名册里没有填${KINDS[kind]}。`} later={`在党员档案里补填${KINDS[kind]}，或者随花名册一起导入，这里就会列出写法。`} />
      ) : (
        <ul className="stat-texts">
          {data.items.map((item) => (
            <TextLineOf key={item.text} of={of} kind={kind} item={item} codes={data.codes} manage={data.can.manage} />
          ))}
        </ul>
      )}
      {data && data.empty > 0 && (
        <p className="small t2">
          另有 {data.empty} 人没有填{KINDS[kind]}。
        </p>
      )}
    </SidePanel>
  )
}

interface LineProps {
  of: { orgId: string }
  kind: Kind
  item: Answer['items'][number]
  codes: Answer['codes']
  manage: boolean
}

function TextLineOf({ of, kind, item, codes, manage }: LineProps) {
  const { mutate, isPending, error } = useCommand('statistics.sort')
  const title = codes.find((c) => c.code === item.code)?.title
  return (
    <li>
      <span className="grow">
        {item.text} <span className="small t3">{item.people} 人</span>
      </span>
      {manage ? (
        <select
          className="text"
          aria-label={`${item.text}对应`}
          value={item.code ?? ''}
          disabled={isPending}
          onChange={(event) => mutate({ orgId: of.orgId, kind, text: item.text, code: event.target.value, version: item.version })}
        >
          {item.code === null && <option value="">请选择</option>}
          {codes.map((c) => (
            <option key={c.code} value={c.code}>
              {c.title}
            </option>
          ))}
        </select>
      ) : (
        <span className="small t2">{title ?? '没有对应'}</span>
      )}
      {error && (
        <p className="problem" role="alert">
          {error.message}
        </p>
      )}
    </li>
  )
}
