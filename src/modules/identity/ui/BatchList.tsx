import { useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { Status } from '#web/parts/Status.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { momentText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'

type Row = Api['identity.batches']['output']['items'][number]

/** The batches of slips, newest first. */
export function BatchList() {
  const list = useReadPages('identity.batches', { limit: 50 })
  return (
    <ListTable
      label="发过的开通条"
      columns={COLUMNS}
      {...list.table}
      rowKey={(row) => row.id}
      empty={<Empty why="还没有成批发过开通条" later="按名册发过以后，这里看用了多少，也可以整批作废。" />}
    />
  )
}

const COLUMNS: Column<Row>[] = [
  { key: 'title', title: '名称', render: (row) => row.title },
  { key: 'used', title: '用了 / 共', render: (row) => `${row.used} / ${row.count}`, align: 'right', phone: 'status' },
  { key: 'issued', title: '什么时候发的', render: (row) => momentText(row.issuedAt), phone: 'line' },
  { key: 'by', title: '谁发的', render: (row) => row.issuedBy },
  {
    key: 'until',
    title: '有效期',
    render: (row) => (row.revokedAt ? <Status kind="wrong">{momentText(row.revokedAt)} 作废</Status> : <>{momentText(row.until)} 前</>),
  },
  {
    key: 'revoke',
    title: '',
    render: (row) => (
      <StepButton
        name="identity.revokeBatch"
        label="整批作废"
        kind="danger"
        input={{ id: row.id }}
        can={row.can.revoke}
        warn={`没有用过的 ${row.count - row.used} 个码马上不能用了。已经激活的账号不受影响。`}
        done="这一批已作废"
      />
    ),
  },
]
