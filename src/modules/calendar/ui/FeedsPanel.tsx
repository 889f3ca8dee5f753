import { App } from 'antd'
import { useState } from 'react'
import { useCommand, useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { dateText } from '#web/text.ts'

interface Props {
  /** The organisation whose calendar may be subscribed to besides one's own. */
  org: { id: string; name: string } | undefined
  onClose: () => void
}

/** Secret links for another calendar: made, copied once, shut off. */
export function FeedsPanel({ org, onClose }: Props) {
  const { message } = App.useApp()
  const [made, setMade] = useState<string>()
  const { data } = useRead('calendar.feeds', {})
  const make = useCommand('calendar.makeFeed')
  const begin = (orgId: string | null) =>
    make.mutate({ orgId }, { onSuccess: (answer) => setMade(new URL((answer as { path: string }).path, location.origin).href) })
  const copy = () =>
    navigator.clipboard.writeText(made!).then(
      () => void message.success('链接已复制'),
      () => void message.info('请长按或选中链接复制'),
    )
  return (
    <SidePanel
      open
      onClose={onClose}
      title="订阅到手机日历"
      note="在手机或电脑的日历里「添加订阅日历」，粘贴链接，会议和期限会自动出现。订阅里只有会议类别、事项和单位，没有人名和内容。"
    >
      <div className="stack">
        {made ? (
          <div className="note song">
            <div className="grow">
              <p className="strong">链接只显示这一次，请现在复制</p>
              <p className="cal-link">
                <code>{made}</code>
              </p>
              <p className="small">知道链接的人都能看到这张日程。发错了或手机丢了，请在下面停用。</p>
              <div className="row">
                <button type="button" className="button primary" onClick={copy}>
                  复制链接
                </button>
                <button type="button" className="button" onClick={() => setMade(undefined)}>
                  已经存好
                </button>
              </div>
            </div>
          </div>
        ) : (
          <div className="row wrap">
            <button type="button" className="button primary" aria-disabled={make.isPending || undefined} onClick={() => begin(null)}>
              生成我的日程链接
            </button>
            {org && (
              <button type="button" className="button" aria-disabled={make.isPending || undefined} onClick={() => begin(org.id)}>
                生成{org.name}的链接
              </button>
            )}
          </div>
        )}
        {make.error && <ErrorCard error={make.error} />}
        <section aria-label="用着的链接">
          <h3>用着的链接</h3>
          {data?.items.length === 0 && <p className="t2">还没有。</p>}
          <ul className="lines">
            {data?.items.map((f) => (
              <li key={f.id}>
                <span className="grow">
                  {f.orgName ?? '我的日程'}
                  <small className="t2 cal-line">
                    {dateText(f.madeOn)}生成，{f.readOn ? `${dateText(f.readOn)}读过` : '还没有读过'}
                  </small>
                </span>
                <StepButton
                  name="calendar.revokeFeed"
                  kind="small"
                  label="停用"
                  input={{ id: f.id }}
                  can
                  done="链接已停用，再读就没有了"
                  warn="停用以后，用这个链接的日历不再更新；要再用请生成新的。"
                />
              </li>
            ))}
          </ul>
        </section>
      </div>
    </SidePanel>
  )
}
