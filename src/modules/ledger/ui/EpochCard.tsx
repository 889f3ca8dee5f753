import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { countText, momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'

type Behind = NonNullable<Api['ledger.status']['output']['behind']>

/** For two officers, while the database is behind: what would be declared missing, asked by one and signed by another. */
export function EpochCard({ behind }: { behind: Behind }) {
  const { fromSize, knownSize, asked, can } = behind
  const lost = Math.max(0, knownSize - fromSize)
  return (
    <section className="card">
      <header>
        <h2>开启新纪元</h2>
        {asked && <Status kind="soon">等另一名管理员签署</Status>}
      </header>
      <div className="inside stack tight">
        <p>
          数据库里第 {countText(fromSize)} 条以前与记下的一致；记下的最后一条是第 {countText(knownSize)} 条。
          {lost > 0 && (
            <b>
              签署后，第 {countText(fromSize + 1)} 至 {countText(knownSize)} 条（{countText(lost)} 条）将永久声明缺失。
            </b>
          )}
        </p>
        <p className="small t2">只要还有更新的备份，就不要签：请系统管理员恢复最新的备份。两名不同的管理员先后签署才生效，账本里会写明。</p>
        {asked && (
          <p className="small">
            {asked.by} 于 {momentText(asked.at)} 提出，半小时内有效。
          </p>
        )}
        <StepButton
          name="ledger.openEpoch"
          label={asked ? '签署，开启新纪元' : '提出开启新纪元'}
          kind="danger"
          input={{ fromSize, knownSize }}
          can={can}
          warn={asked ? '签署后不能撤回。没有更新的备份了吗？' : '要等另一名管理员签署后才生效。'}
          done={asked ? '新纪元已开启，可以办理了' : '已提出，请另一名管理员登录后签署'}
        />
      </div>
    </section>
  )
}
