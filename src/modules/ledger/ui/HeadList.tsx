import { useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { countText, momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'

type Row = Api['ledger.heads']['output']['items'][number]

/** Every signed head, the newest first. */
export function HeadList() {
  const list = useReadPages('ledger.heads', { limit: 20 })
  return (
    <ListTable
      label="签过名的树头"
      columns={COLUMNS}
      {...list.table}
      rowKey={(row) => `${row.epoch}-${row.size}`}
      empty={<Empty why="还没有签过名的树头" later="有了第一条实绩，一秒内就签一次。" />}
    />
  )
}

const COLUMNS: Column<Row>[] = [
  { key: 'size', title: '到第几条', render: (row) => `第 ${countText(row.size)} 条` },
  { key: 'at', title: '签名时间', render: (row) => <span className="nowrap">{momentText(row.signedAt)}</span>, phone: 'line' },
  { key: 'epoch', title: '纪元', render: (row) => row.epoch, align: 'right' },
  { key: 'code', title: '编码', render: (row) => <span className="mono small head-code">{row.code}</span>, phone: 'line' },
]
