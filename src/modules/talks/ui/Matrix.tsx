import { Empty } from '#web/parts/Empty.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { Status } from '#web/parts/Status.tsx'
import { dateText } from '#web/text.ts'
import type { CoverageView, PersonCoverage } from '../contract.ts'

/** Who talked with whom: a row for each person, a column for each member of the committee, those still to be talked with first. */
export function Matrix({ view }: { view: CoverageView }) {
  const rows = [...view.people].sort((a, b) => Number(b.missing.length > 0) - Number(a.missing.length > 0))
  const nameOf = new Map(view.people.map((p) => [p.personId, p.name]))
  const lastOf = (a: string, b: string) => view.pairs.find((p) => (p.aId === a && p.bId === b) || (p.aId === b && p.bId === a))?.last
  const columns: Column<PersonCoverage>[] = [
    {
      key: 'name',
      title: '姓名',
      render: (p) => (
        <span className="nowrap">
          {p.name} {p.committee && <span className="tag">委员</span>}
        </span>
      ),
    },
    ...view.people
      .filter((c) => c.committee)
      .map(
        (c): Column<PersonCoverage> => ({
          key: c.personId,
          title: `与${c.name}`,
          render: (p) => {
            if (p.personId === c.personId) return <span className="t3">本人</span>
            const last = lastOf(p.personId, c.personId)
            if (last) return <span className="nowrap">{dateText(last)}</span>
            return p.missing.includes(c.personId) && p.committee ? <span className="hu">未谈</span> : <span className="t3">—</span>
          },
        }),
      ),
    {
      key: 'peers',
      title: '与其他党员',
      align: 'right',
      render: (p) => (p.withPeers > 0 ? `${p.withPeers} 次` : <span className="t3">—</span>),
    },
    {
      key: 'last',
      title: '最近一次',
      render: (p) => <span className="nowrap">{p.last ? `${dateText(p.last)}谈过` : '还没有谈过'}</span>,
      phone: 'line',
    },
    { key: 'state', title: '情况', render: (p) => <State p={p} nameOf={nameOf} />, phone: 'status' },
  ]
  return (
    <ListTable
      label="谁和谁谈过心"
      columns={columns}
      rows={rows}
      rowKey={(p) => p.personId}
      empty={<Empty why="名册上还没有人。" later="名册上有了党员，谁谈过、谁没谈会列在这里。" />}
      foot={`按 ${dateText(view.on)}的名册。党员与任何一位委员谈过即可，委员之间要两两谈到；${
        view.peersLeft > 0 ? `另有 ${view.peersLeft} 人还没有和其他党员谈过。` : '党员之间也都谈过。'
      }`}
    />
  )
}

function State({ p, nameOf }: { p: PersonCoverage; nameOf: Map<string, string> }) {
  if (p.missing.length === 0) return <Status kind="done">已谈</Status>
  return <Status kind="soon">{p.committee ? `差${p.missing.map((id) => nameOf.get(id)).join('、')}` : '还没有委员谈过'}</Status>
}
