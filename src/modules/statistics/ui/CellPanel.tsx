import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { useReadPages } from '#web/api.ts'
import { Empty } from '#web/parts/Empty.tsx'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { SidePanel } from '#web/parts/SidePanel.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import type { Api } from '../../../platform.ts'

/** A cell that was opened, with what the panel is called. */
export interface Opened {
  sheet: string
  row: string
  column: string
  title: string
  note?: string | undefined
}

interface Props {
  of: { orgId: string; year: number }
  opened: Opened
  manage: boolean
  onClose: () => void
}

type Answer = Api['statistics.records']['output']

/** What is behind a number: the records it was counted from, or who entered it from where, with the form to enter it. */
export function CellPanel({ of, opened, manage, onClose }: Props) {
  const { sheet, row, column, title, note } = opened
  const list = useReadPages('statistics.records', { ...of, sheet, row, column, limit: 50 })
  const entry = list.first?.entry
  if (entry && manage) return <EntryForm of={of} opened={opened} entry={entry} items={list.items} onClose={onClose} />
  return (
    <SidePanel open onClose={onClose} kicker={`${of.year} 年年报`} title={title} note={entry?.why || note}>
      {list.error ? (
        <ErrorCard error={list.error} again={list.again} />
      ) : list.isPending ? (
        <Skeleton lines={6} />
      ) : list.items.length === 0 ? (
        <Empty why={entry ? '还没有人填。' : '没有你能看到的记录；已经转到别处的，在那里才看得到。'} />
      ) : (
        <>
          <Records items={list.items} />
          {list.more && (
            <button type="button" className="button small" onClick={list.more}>
              {list.isFetching ? '正在读…' : '往下看'}
            </button>
          )}
        </>
      )}
    </SidePanel>
  )
}

const Records = ({ items }: { items: Answer['items'] }) => (
  <ul className="stat-records">
    {items.map((r) => (
      <li key={r.id}>
        {r.open ? <RecordLink open={r.open} title={r.title} /> : <span className="strong">{r.title}</span>}
        <span className="small t2">{r.note}</span>
      </li>
    ))}
  </ul>
)

function RecordLink({ open, title }: { open: string; title: string }) {
  const [to, query] = open.split('?')
  return (
    <Link to={to as never} search={Object.fromEntries(new URLSearchParams(query)) as never}>
      {title}
    </Link>
  )
}

interface FormProps extends Omit<Props, 'manage'> {
  entry: NonNullable<Answer['entry']>
  items: Answer['items']
}

function EntryForm({ of, opened, entry, items, onClose }: FormProps) {
  const { sheet, row, column, title } = opened
  const [value, setValue] = useState(entry.value === null ? '' : String(entry.value))
  const [source, setSource] = useState(entry.source)
  const input = () => {
    if (value.trim() === '' && entry.version === 0) return '请填人数，没有就填 0'
    if (value.trim() !== '' && !/^\d{1,8}$/.test(value.trim())) return '请填 0 或以上的整数'
    if (source.trim().length < 2) return '请写明依据，例如“2026 年困难党员台账”'
    const given = value.trim() === '' ? null : Number(value.trim())
    return { ...of, sheet, row, column, value: given, source, version: entry.version }
  }
  return (
    <PanelForm
      name="statistics.enter"
      open
      onClose={onClose}
      kicker={`${of.year} 年年报`}
      title={title}
      note={`${entry.why}，请填写并注明依据。${entry.version > 0 ? '清空数字就是撤回填写。' : '自己没有填时，用下级填的合计。'}`}
      input={input}
      submit="存下这一格"
      done="已存下"
    >
      {(problems) => (
        <>
          <TextLine label="数" value={value} onChange={setValue} problem={problems.value} max={8} />
          <TextLine label="依据" value={source} onChange={setSource} problem={problems.source} max={200} />
          {items.length > 0 && (
            <section aria-label="现在的数由这些填写合成">
              <h3 className="small t2">现在的数由这些填写合成</h3>
              <Records items={items} />
            </section>
          )}
        </>
      )}
    </PanelForm>
  )
}
