import { useQuery } from '@tanstack/react-query'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Seal } from '#web/parts/Seal.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { Status } from '#web/parts/Status.tsx'
import { countText, dateText, momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { checkFact, type ProvenFact } from './check.ts'

/** One fact with its proof, which this browser checks by itself. */
export function FactCard({ input }: { input: Api['ledger.proof']['input'] }) {
  const { data, error, refetch } = useRead('ledger.proof', input)
  if (error) return <ErrorCard error={error} again={() => void refetch()} />
  return data ? <Fact row={data} /> : <Skeleton lines={4} />
}

function Fact({ row }: { row: ProvenFact }) {
  return (
    <article className="fact" aria-label={`实绩 ${row.n ?? '未编号'}`}>
      <div className="row between">
        <Seal {...(row.n === null ? {} : { number: String(row.n) })} />
        <Verdict row={row} />
      </div>
      <h3>{row.title}</h3>
      <dl className="key-values">
        <dt>组织</dt>
        <dd>{row.orgName ?? '全单位'}</dd>
        <dt>发生日期</dt>
        <dd>{dateText(row.happenedOn)}</dd>
        <dt>记录时间</dt>
        <dd>{momentText(row.recordedAt)}</dd>
        {row.retracted && (
          <>
            <dt>现在</dt>
            <dd className="hu">已由后来的一条实绩撤回：原文仍在，不再计入</dd>
          </>
        )}
        <dt>实绩 id</dt>
        <dd className="mono small">{row.id}</dd>
      </dl>
      {row.proof && <Proof proof={row.proof} />}
    </article>
  )
}

/** The verdict of this browser, not of the server. */
function Verdict({ row }: { row: ProvenFact }) {
  const status = useRead('ledger.status', {})
  const keys = status.data?.publicKeys
  const { data: checked } = useQuery({
    queryKey: ['ledger.checked', row.id, row.proof?.root, keys],
    queryFn: () => checkFact(row, keys!),
    enabled: keys !== undefined,
  })
  if (!checked) return <Status kind="calm">正在这台机器上验算</Status>
  if (!checked.ok) return <Status kind={row.proof ? 'wrong' : 'soon'}>{checked.says}</Status>
  return <Status kind="done">{checked.signed ? '在账本中，已验证' : '在账本中；这个浏览器太旧，没有核对签名'}</Status>
}

const Proof = ({ proof }: { proof: NonNullable<ProvenFact['proof']> }) => (
  <details className="proof">
    <summary>看原文和证明</summary>
    <p className="small t2">
      原文的摘要与 {countText(proof.path.length)} 个相邻摘要逐层合并，得到 {countText(proof.size)} 条实绩的树根；树根由第 {proof.head.epoch}{' '}
      纪元的密钥 {proof.head.keyId.slice(0, 8)} 于 {momentText(proof.head.signedAt)} 签名。以上由这台机器自己算出。
    </p>
    <h4 className="small">原文（只有编号、数字和日期）</h4>
    {/* biome-ignore lint/a11y/noNoninteractiveTabindex: what scrolls must be reached by the keyboard */}
    <pre className="mono" tabIndex={0}>
      {JSON.stringify(JSON.parse(proof.fact), null, 1)}
    </pre>
    <h4 className="small">树根</h4>
    <pre className="mono">{proof.root}</pre>
  </details>
)
