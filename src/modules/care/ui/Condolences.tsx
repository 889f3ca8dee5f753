import { downloadOf, useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { FORMS, OCCASIONS } from '../contract.ts'

type Row = Api['care.condolences']['output']['items'][number]

/** 慰问 of an organisation and those below it, the last first. */
export function Condolences({ here }: { here: { orgId?: string } }) {
  const list = useReadPages('care.condolences', { ...here, limit: 30 })
  return (
    <>
      <div className="care-bar">
        <a className="button small" href={downloadOf('care.condolenceSheet', here)} download>
          导出台账（Excel）
        </a>
      </div>
      <ListTable
        label="慰问记录"
        columns={COLUMNS}
        {...list.table}
        rowKey={(row) => row.id}
        empty={<Empty why="还没有记过慰问" later="记下日期、因为什么和形式，台账就有了。" />}
      />
    </>
  )
}

const COLUMNS: Column<Row>[] = [
  { key: 'name', title: '姓名', render: (row) => row.name, width: 110 },
  { key: 'what', title: '慰问', phone: 'line', render: (row) => `${OCCASIONS[row.occasion]}，${FORMS[row.form]}` },
  { key: 'org', title: '支部', render: (row) => row.orgName },
  { key: 'on', title: '日期', phone: 'status', render: (row) => <span className="nowrap">{dateText(row.on)}</span> },
  {
    key: 'drop',
    title: '',
    render: (row) =>
      row.can.drop ? (
        <StepButton name="care.dropCondolence" kind="small" label="记错了" input={{ id: row.id, reason: 'mistake' }} can done="已撤回" />
      ) : (
        ''
      ),
  },
]
