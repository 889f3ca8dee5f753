import { Link } from '@tanstack/react-router'
import { useRead } from '#web/api.ts'
import { holds, useSession } from '#web/session.ts'
import { MeetingLines } from './MeetingLines.tsx'
import './meetings.css'

/** On the workbench: records of this organisation that wait for a signature. Nothing waiting, nothing shown. */
export function WaitingCard({ id }: { id: string }) {
  const may = holds(useSession(), 'meetings.read')
  const { data } = useRead('meetings.list', { orgId: id, state: 'submitted', limit: 5 }, { enabled: may })
  if (!data || data.items.length === 0) return null
  return (
    <section className="card">
      <header>
        <h2>会议记录待签字</h2>
        <Link className="small" to="/meetings/list" search={{ view: 'submitted' } as never}>
          看全部
        </Link>
      </header>
      <MeetingLines meetings={data.items} empty="" />
    </section>
  )
}
