import { Link } from '@tanstack/react-router'
import { useState } from 'react'
import { downloadOf, useRead } from '#web/api.ts'
import { ErrorCard } from '#web/parts/ErrorCard.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { PaperLinks } from '#web/parts/PaperLinks.tsx'
import { Skeleton } from '#web/parts/Skeleton.tsx'
import { StepButton } from '#web/parts/StepButton.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { dateText } from '#web/text.ts'
import type { Api } from '../../../platform.ts'
import { GROUPS, type Group, type Line } from '../contract.ts'

type Pack = Api['handover.get']['output']

/** One handover: what waits, group by group, and the two confirmations. */
export function PackDetail({ id }: { id: string }) {
  const { data: pack, error, refetch } = useRead('handover.get', { id })
  const [writing, setWriting] = useState(false)
  if (error) return <ErrorCard error={error} again={refetch} />
  if (!pack) return <Skeleton lines={6} />
  const step = { id, version: pack.version }
  const groups = (Object.keys(GROUPS) as Group[]).map((group) => ({ group, lines: pack.lines.filter((line) => line.group === group) }))
  return (
    <div className="stack">
      <p className="note">{saysOf(pack)}</p>
      {pack.note && (
        <section>
          <h3>交接说明</h3>
          <p className="handover-note">{pack.note}</p>
        </section>
      )}
      {groups
        .filter(({ lines }) => lines.length > 0)
        .map(({ group, lines }) => (
          <Lines key={group} title={GROUPS[group]} lines={lines} />
        ))}
      {pack.lines.length === 0 && pack.state !== 'cancelled' && <p className="t2">没有未办结的事项。</p>}
      <div className="row wrap">
        {pack.can.sign && (
          <StepButton
            name="handover.sign"
            kind="primary"
            label="我确认这份清单"
            input={step}
            can
            done="已确认"
            warn="确认以后清单不再变动，双方看到的是同一份"
          />
        )}
        {pack.can.note && (
          <button type="button" className="button small" onClick={() => setWriting(true)}>
            写交接说明
          </button>
        )}
        {pack.can.cancel && (
          <StepButton
            name="handover.cancel"
            kind="danger"
            label="取消这次交接"
            input={step}
            can
            done="已取消"
            warn="清单作废，需要时重新开始"
          />
        )}
        {pack.state !== 'cancelled' && <PaperLinks label="交接清单" small of={(format) => downloadOf('handover.paper', { id, format })} />}
      </div>
      {writing && <NoteForm pack={pack} onClose={() => setWriting(false)} />}
    </div>
  )
}

function saysOf({ fromName, toName, fromSignedOn, toSignedOn, state, lines, frozen }: Pack): string {
  if (state === 'cancelled') return '这次交接已经取消。'
  const who = [
    `${fromName}${fromSignedOn ? ` ${dateText(fromSignedOn)}已确认` : '还没有确认'}`,
    `${toName}${toSignedOn ? ` ${dateText(toSignedOn)}已确认` : '还没有确认'}`,
  ]
  return `未办结 ${lines.length} 件${frozen ? '' : '（到现在为止，第一个人确认时定下来）'}；${who.join('，')}。`
}

const Lines = ({ title, lines }: { title: string; lines: readonly Line[] }) => (
  <section>
    <h3>
      {title} <span className="t3">{lines.length}</span>
    </h3>
    <ul className="handover-lines">
      {lines.map(({ text, dueOn, open }) => (
        <li key={`${text}${dueOn}`}>
          <Link
            to={open.split('?')[0] as never}
            search={Object.fromEntries(new URLSearchParams(open.split('?')[1])) as never}
            className="grow"
          >
            {text}
          </Link>
          {dueOn && <span className="small t3 nowrap">{dateText(dueOn)}</span>}
        </li>
      ))}
    </ul>
  </section>
)

function NoteForm({ pack, onClose }: { pack: Pack; onClose: () => void }) {
  const [text, setText] = useState(pack.note)
  return (
    <PanelForm
      name="handover.note"
      open
      onClose={onClose}
      kicker={`${pack.fromName}交给${pack.toName}`}
      title="交接说明"
      note="系统里没有记的才写：答应过谁什么、约好的谈话、正在商量的事"
      input={() => ({ id: pack.id, version: pack.version, text })}
      submit="存入说明"
      done="已存入"
    >
      {(problems) => <TextArea label="说明" value={text} onChange={setText} problem={problems.text} rows={8} max={4000} />}
    </PanelForm>
  )
}
