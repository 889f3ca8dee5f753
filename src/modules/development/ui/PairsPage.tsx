import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { useReadPages } from '#web/api.ts'
import { useOrg } from '#web/org.ts'
import { Choice } from '#web/parts/Choice.tsx'
import { Due } from '#web/parts/Due.tsx'
import { Empty } from '#web/parts/Empty.tsx'
import type { Picked } from '#web/parts/FindField.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { type Column, ListTable } from '#web/parts/ListTable.tsx'
import { PageTitle } from '#web/parts/PageTitle.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { Status } from '#web/parts/Status.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { holds, useSession } from '#web/session.ts'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { DIRECTIONS, type Direction, RESULTS, type Result } from '../contract.ts'

type Row = Api['development.pairs']['output']['items'][number]

/** 双培养: who is trained by whom to what aim, and what came of it. */
export function PairsPage() {
  const { org } = useOrg()
  const session = useSession()
  const [ending, setEnding] = useState<Row | null>(null)
  const [adding, setAdding] = useState(false)
  const list = useReadPages('development.pairs', { orgId: org?.id ?? '', limit: 50 }, { enabled: org !== undefined })
  if (!org) return <Empty why="你还没有所在的党组织。" />
  const running = list.items.filter(({ result }) => result === null).length
  return (
    <>
      <PageTitle
        conclusion={list.isPending ? '双培养' : running > 0 ? `${running} 人正在双培养` : '现在没有正在进行的双培养'}
        crumb="双培养"
        note="把骨干培养成党员，把党员培养成骨干：各有计划、培养人和结果。"
        actions={
          holds(session, 'development.manage') && (
            <button type="button" className="button primary" onClick={() => setAdding(true)}>
              登记一项双培养
            </button>
          )
        }
      />
      <section className="card">
        <ListTable
          label="双培养"
          columns={columnsFor(setEnding)}
          {...list.table}
          rowKey={(r) => r.id}
          onOpen={(id) => {
            const row = list.items.find((r) => r.id === id)
            if (row?.canEnd) setEnding(row)
          }}
          empty={<Empty why="还没有登记双培养" later="登记以后，按开始日期列在这里。" />}
        />
      </section>
      {adding && <PairForm orgId={org.id} onClose={() => setAdding(false)} />}
      {ending && <EndPairForm row={ending} onClose={() => setEnding(null)} />}
    </>
  )
}

const columnsFor = (onEnd: (row: Row) => void): Column<Row>[] => [
  { key: 'name', title: '姓名', render: (r) => r.name, width: 110 },
  { key: 'direction', title: '方向', render: (r) => DIRECTIONS[r.direction], phone: 'line' },
  { key: 'mentor', title: '培养人', render: (r) => r.mentor, phone: 'line' },
  { key: 'aim', title: '目标', render: (r) => r.aim },
  { key: 'began', title: '开始', render: (r) => <span className="nowrap">{dateText(r.beganOn)}</span> },
  {
    key: 'result',
    title: '结果',
    phone: 'status',
    render: (r) =>
      r.result ? (
        <Status kind={r.result === 'reached' ? 'done' : 'calm'}>{RESULTS[r.result]}</Status>
      ) : (
        <span className="row">
          <Due due={r.dueOn} shape="line" />
          {r.canEnd && (
            <button type="button" className="button small" onClick={() => onEnd(r)}>
              记结果
            </button>
          )}
        </span>
      ),
  },
]

function PairForm({ orgId, onClose }: { orgId: string; onClose: () => void }) {
  const [direction, setDirection] = useState<Direction | null>(null)
  const [person, setPerson] = useState<Picked | null>(null)
  const [mentor, setMentor] = useState<Picked | null>(null)
  const [aim, setAim] = useState('')
  const [beganOn, setBegan] = useState<string | null>(today())
  const [dueOn, setDue] = useState<string | null>(null)
  const input = () => {
    if (!direction || !person || !mentor) return '请选方向、培养谁、谁培养'
    if (!aim.trim() || !beganOn) return '请填目标和开始日期'
    return { orgId, direction, personId: person.id, mentorId: mentor.id, aim, beganOn, dueOn }
  }
  return (
    <PanelForm name="development.pair" open onClose={onClose} title="登记双培养" input={input} submit="登记这项培养" done="已登记">
      {(problems) => (
        <>
          <Choice label="方向" value={direction} options={DIRECTIONS} onChange={setDirection} problem={problems.direction} />
          <PersonPicker label="培养谁" value={person} onChange={setPerson} problem={problems.personId} />
          <PersonPicker label="谁培养" value={mentor} onChange={setMentor} problem={problems.mentorId} />
          <TextLine label="目标和计划" value={aim} onChange={setAim} problem={problems.aim} max={500} />
          <LabelledDate label="开始" value={beganOn} onChange={setBegan} problem={problems.beganOn} />
          <LabelledDate label="期限（可以不填）" value={dueOn} onChange={setDue} problem={problems.dueOn} />
        </>
      )}
    </PanelForm>
  )
}

function EndPairForm({ row, onClose }: { row: Row; onClose: () => void }) {
  const [result, setResult] = useState<Result | null>(null)
  const [on, setOn] = useState<string | null>(today())
  const [note, setNote] = useState('')
  return (
    <PanelForm
      name="development.endPair"
      open
      onClose={onClose}
      kicker={`${row.name}，${row.aim}`}
      title="记培养结果"
      input={() => (result && on ? { id: row.id, version: row.version, result, on, note } : '请选结果、填日期')}
      submit="存入结果"
      done="结果已存入"
    >
      {(problems) => (
        <>
          <Choice label="结果" value={result} options={RESULTS} onChange={setResult} problem={problems.result} />
          <LabelledDate label="日期" value={on} onChange={setOn} problem={problems.on} />
          <TextLine label="说明（可以不填）" value={note} onChange={setNote} problem={problems.note} max={500} />
        </>
      )}
    </PanelForm>
  )
}
