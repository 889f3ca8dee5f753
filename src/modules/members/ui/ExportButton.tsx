import { App } from 'antd'
import { useState } from 'react'
import { downloadOf, useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { ask } from '#web/request.ts'
import { countText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'

type Filter = Api['members.rosterExport']['input']
type State = Api['members.exportState']['output']

const MANY = 50

/** Takes the roster out as a file: at once, or, of many persons, when another person has agreed. */
export function ExportButton({ filter, total }: { filter: Filter; total: number | undefined }) {
  const { message } = App.useApp()
  const [asking, setAsking] = useState(false)
  const go = async () => {
    try {
      const { state } = await ask<State>('members.exportState', filter)
      if (state === 'direct') location.assign(downloadOf('members.rosterExport', filter))
      else setAsking(true)
    } catch (error) {
      message.error((error as Error).message)
    }
  }
  const many = total !== undefined && total > MANY
  return (
    <>
      <button type="button" className="button small" onClick={go}>
        导出 Excel{many && '（要另一人同意）'}
      </button>
      {asking && <ExportPanel filter={filter} onClose={() => setAsking(false)} />}
    </>
  )
}

function ExportPanel({ filter, onClose }: { filter: Filter; onClose: () => void }) {
  const { data, error, refetch } = useRead('members.exportState', filter)
  const [reason, setReason] = useState('')
  if (data?.state === 'ask')
    return (
      <PanelForm
        name="members.askExport"
        open
        onClose={onClose}
        kicker="党员名册"
        title={`提出导出 ${countText(data.count)} 人`}
        note={`一天导出超过 ${MANY} 人，要另一个人同意：书记、副书记、党务干部或安全管理员，不能是你自己。同意后一天之内可以导出一次`}
        input={() => (reason.trim().length >= 2 ? { filter, reason } : '请写明导出来做什么')}
        submit="提出，请另一人同意"
        done="已提出。对方同意后，在工作台或这里导出"
      >
        {(problems) => (
          <TextLine
            label="导出来做什么"
            value={reason}
            onChange={setReason}
            problem={problems.reason}
            hint="对方会看到，也会留痕。如：年度党内统计核对"
            max={200}
          />
        )}
      </PanelForm>
    )
  return (
    <SidePanel open onClose={onClose} kicker="党员名册" title="导出 Excel">
      {error && <ErrorCard error={error} again={refetch} />}
      {!data && !error && <Skeleton lines={3} />}
      {data?.state === 'waiting' && <p>已经提出，还在等另一人同意。同意之前不能导出；超过一天没有办，请重新提出。</p>}
      {(data?.state === 'agreed' || data?.state === 'direct') && (
        <div className="stack">
          <p>{data.state === 'agreed' ? '另一人已经同意。只能导出一次，请存好。' : '不超过 50 人，可以直接导出。'}</p>
          <a className="button primary" href={downloadOf('members.rosterExport', filter)} download onClick={onClose}>
            导出 {countText(data.count)} 人
          </a>
        </div>
      )}
    </SidePanel>
  )
}
