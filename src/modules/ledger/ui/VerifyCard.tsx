import { useQueryClient } from '@tanstack/react-query'
import { useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { Progress } from '#web/parts/Progress.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { countText, momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'

type Report = NonNullable<Api['ledger.verification']['output']['report']>

/** For the audit officer: examine the whole ledger on the server and read what was found. */
export function VerifyCard({ size }: { size: number }) {
  const client = useQueryClient()
  const { data, error } = useRead('ledger.verification', {}, { refetchInterval: 1000 })
  const running = data?.state === 'running'
  return (
    <section className="card">
      <header>
        <h2>校验整本账</h2>
        {!running && (
          <StepButton
            name="ledger.verify"
            label="现在校验"
            kind="small"
            input={{}}
            can={true}
            onDone={() => void client.invalidateQueries({ queryKey: ['ledger.verification'] })}
          />
        )}
      </header>
      <div className="inside stack tight">
        {error && <ErrorCard error={error} />}
        {running && <Progress doing="正在逐条校验" done={data.checked} total={Math.max(size, data.checked)} unit="条" />}
        {data?.state === 'failed' && <div className="note zhe">校验没有做完。请稍后再试；仍不行请让系统管理员在机器上执行 verify。</div>}
        {data?.report && <Outcome report={data.report} />}
        <p className="small t3">
          {data?.endedAt ? `上次校验：${momentText(data.endedAt)}。` : ''}
          逐条重算，与记下的每个树头对照；不影响大家办理。
        </p>
      </div>
    </section>
  )
}

const Outcome = ({ report }: { report: Report }) => (
  <>
    {report.ok ? (
      <Status kind="done">
        账本完好：{countText(report.size)} 条实绩，与 {countText(report.heads)} 个树头一致
      </Status>
    ) : (
      <Status kind="wrong">账本有 {countText(report.findings.length)} 处问题</Status>
    )}
    {[...report.findings.map(({ says }) => says), ...report.remarks].map((says) => (
      <p key={says} className="small">
        {says}
      </p>
    ))}
  </>
)
