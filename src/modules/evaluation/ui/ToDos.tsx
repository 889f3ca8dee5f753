import { Link } from '@tanstack/react-router'
import { MEETING_KINDS } from '#modules/meetings/contract.ts'
import { holds, useSession } from '#web/session.ts'
import type { Result } from './words.ts'

type ToDo = Result['toDos'][number]

interface Props {
  orgId: string
  items: Result['toDos']
  onOpen: (path: string) => void
}

/** 待改进: what was lost or is open, what can be done about each, and the button that does it. */
export const ToDos = ({ orgId, items, onOpen }: Props) => (
  <section className="card">
    <header>
      <h2>待改进</h2>
      <span className="small t2">{items.length > 0 ? `${items.length} 项` : '没有'}</span>
    </header>
    {items.length === 0 ? (
      <p className="inside small song">各项都齐，没有要改进的。</p>
    ) : (
      <ul className="ev-lines">
        {items.map((t) => (
          <li key={t.path}>
            <b>
              {t.name}
              {t.lost && Number(t.lost) > 0 && <span className="zhe"> 少 {t.lost} 分</span>}
            </b>
            <span className="small t2">{t.says}</span>
            <span className={`small ${t.canStill ? 'song' : ''}`}>{t.remedy}</span>
            <span className="row wrap">
              <Act orgId={orgId} todo={t} />
              <button type="button" className="button small" onClick={() => onOpen(t.path)}>
                看依据<span className="hidden-text">：{t.name}</span>
              </button>
            </span>
          </li>
        ))}
      </ul>
    )}
  </section>
)

/** Leads to where it is mended, for whoever may: the form of the meeting that is missing, or the value that is not entered. */
function Act({ orgId, todo }: { orgId: string; todo: ToDo }) {
  const session = useSession()
  const own = (capability: string) => holds(session, capability, orgId) || holds(session, capability, '')
  if (todo.lost === null && todo.says.startsWith('未填') && own('evaluation.enter'))
    return (
      <Link className="button small quiet" to="/evaluation/entries">
        去填报<span className="hidden-text">：{todo.name}</span>
      </Link>
    )
  if (todo.counts && todo.counts in MEETING_KINDS && own('meetings.record'))
    return (
      <Link className="button small quiet" to="/record" search={{ org: orgId, kind: todo.counts } as never}>
        {todo.canStill ? '记这次会' : '补录会议'}
        <span className="hidden-text">：{todo.name}</span>
      </Link>
    )
  return null
}
