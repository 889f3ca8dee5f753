import { useState } from 'react'
import { useCommand, useRead, useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { CHANNELS, ROBOTS, type RobotKey } from '../contract.ts'
import { QuietCard } from './QuietCard.tsx'

type Delivery = Api['notifications.deliveries']['output']['items'][number]

/** The group robots of an organisation, and what went out of the system: whether it arrived, and when it is tried again. */
export function SendingPage() {
  const { org } = useOrg()
  const list = useReadPages('notifications.deliveries', { orgId: org?.id ?? '' }, { enabled: org !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织。" />
  return (
    <>
      <PageTitle conclusion="消息发送" note="邮件服务器和群机器人由系统管理员在服务器上开通；没有开通的，什么也不会发出去" />
      <div className="stack">
        <QuietCard whose="unit" />
        <Robots orgId={org.id} orgName={org.name} />
        <section className="card">
          <header>
            <h2>发出去的消息</h2>
            <span className="small t3">没发出的会自动再试，约一天后不再试</span>
          </header>
          <ListTable
            label="发出去的消息"
            columns={COLUMNS}
            {...list.table}
            rowKey={(r) => r.id}
            empty={<Empty why="还没有发出过消息。" later="有人设置了邮箱，或给群设了机器人以后，这里能看到每一条有没有送到。" />}
          />
        </section>
      </div>
    </>
  )
}

function Robots({ orgId, orgName }: { orgId: string; orgName: string }) {
  const robots = useRead('notifications.robots', { orgId })
  const [setting, setSetting] = useState<RobotKey | null>(null)
  const remove = useCommand('notifications.removeRobot')
  const test = useCommand('notifications.tryRobot')
  return (
    <section className="card">
      <header>
        <h2>{orgName}的群机器人</h2>
        <span className="small t3">快到期的事每天早上在群里说一次，办过的不说</span>
      </header>
      {robots.error ? (
        <ErrorCard error={robots.error} again={robots.refetch} />
      ) : !robots.data ? (
        <Skeleton lines={2} />
      ) : (
        <div className="inside stack">
          {robots.data.items.map(({ service, offered, set }) => (
            <div key={service} className="row wrap">
              <span className="grow">
                {ROBOTS[service].title}
                <span className="small t3">　{set ? '已设置' : offered ? '没有设置' : '本单位没有开通'}</span>
              </span>
              {set && (
                <button type="button" className="button small" disabled={test.isPending} onClick={() => test.mutate({ orgId, service })}>
                  试发一条
                </button>
              )}
              {offered && (
                <button type="button" className="button small" onClick={() => setSetting(service)}>
                  {set ? '换地址' : '设置'}
                </button>
              )}
              {set && (
                <button type="button" className="button small" onClick={() => remove.mutate({ orgId, service })}>
                  停用
                </button>
              )}
            </div>
          ))}
          {(test.error ?? remove.error) && (
            <p className="problem" role="alert">
              {(test.error ?? remove.error)!.message}
            </p>
          )}
        </div>
      )}
      {setting && <RobotForm orgId={orgId} service={setting} onClose={() => setSetting(null)} />}
    </section>
  )
}

function RobotForm({ orgId, service, onClose }: { orgId: string; service: RobotKey; onClose: () => void }) {
  const [address, setAddress] = useState('')
  return (
    <PanelForm
      name="notifications.setRobot"
      open
      onClose={onClose}
      title={`设置${ROBOTS[service].title}`}
      note="在群设置里添加机器人，把它的 Webhook 地址复制过来。知道这个地址的人都能往群里发消息，请不要外传"
      input={() => (address.trim() ? { orgId, service, address: address.trim() } : '请粘贴机器人的地址')}
      submit="存好"
      done="已设置，可以试发一条"
    >
      {(problems) => <TextLine label="Webhook 地址" value={address} onChange={setAddress} problem={problems.address} max={500} />}
    </PanelForm>
  )
}

const STATES = { waiting: '等待发送', sent: '已送到', failed: '没发出，会再试', givenUp: '没发出，不再试' } as const

const COLUMNS: Column<Delivery>[] = [
  { key: 'subject', title: '内容', render: (r) => r.subject },
  { key: 'to', title: '发给', render: (r) => r.to, phone: 'line' },
  { key: 'channel', title: '方式', render: (r) => CHANNELS[r.channel] },
  { key: 'at', title: '时间', render: (r) => momentText(r.at), phone: 'line' },
  {
    key: 'state',
    title: '结果',
    phone: 'status',
    render: (r) => (
      <span className={r.state === 'sent' || r.state === 'waiting' ? 't2' : 'zhe'}>
        {STATES[r.state]}
        {r.failure && r.state !== 'sent' && `（${r.failure}）`}
      </span>
    ),
  },
]
