import { Link, useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { useRead } from '#web/api.ts'
import { Icon } from '#web/parts/Icon.tsx'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Status } from '#web/parts/Status.tsx'
import { COUNT_STATES, type PlanView, VOTE_RULES, type VoteRuleKey } from '../contract.ts'
import { Pick } from './Pick.tsx'

/** On the page of a plan: votes on paper, each counted by two; a new one opens only when enough have come. */
export function CountsCard({ p }: { p: PlanView }) {
  const [opening, setOpening] = useState(false)
  const { data } = useRead('meetings.counts', { planId: p.id }, { enabled: !p.hidden })
  const may = p.can.tick === true
  if (!data || (data.items.length === 0 && !may)) return null
  return (
    <section className="card">
      <header>
        <h2>纸票计数</h2>
        {may && (
          <button type="button" className="button small" onClick={() => setOpening(true)}>
            开始计数
          </button>
        )}
      </header>
      {data.items.length === 0 ? (
        <p className="inside small t2">用纸票表决的，计票人和监票人各自清点、各自录入，一致了才出结果。</p>
      ) : (
        <ul className="plain-links">
          {data.items.map((c) => (
            <li key={c.id}>
              <Link to={`/meetings/counts/${c.id}`}>
                <b className="grow">{c.title}</b>
                <Status kind={c.state === 'agreed' ? 'done' : c.state === 'dropped' ? 'wrong' : 'soon'}>{COUNT_STATES[c.state]}</Status>
                <Icon name="right" />
              </Link>
            </li>
          ))}
        </ul>
      )}
      {opening && <OpenCount p={p} onClose={() => setOpening(false)} />}
    </section>
  )
}

const RULES = Object.entries(VOTE_RULES).map(([id, { title }]) => ({ id, name: title }))

function OpenCount({ p, onClose }: { p: PlanView; onClose: () => void }) {
  const navigate = useNavigate()
  const here = p.invited.filter((i) => i.signedAt && i.way !== 'codeLater')
  const entitled = p.quorum?.of ?? p.expected
  const present = here.filter((i) => i.entitled).length
  const [rule, setRule] = useState<string | null>(p.kinds.includes('branchCommittee') ? 'branchCommittee' : 'assembly')
  const [topics, setTopics] = useState('')
  const [teller, setTeller] = useState<string | null>(null)
  const [scrutineer, setScrutineer] = useState<string | null>(null)
  const people = here.map((i) => ({ id: i.personId, name: i.name }))
  const lines = topics
    .split('\n')
    .map((t) => t.trim())
    .filter(Boolean)
  const input = () => {
    if (present === 0) return '还没有有表决权的人签到。请先签到或点名，再开始表决。'
    if (lines.length === 0) return '请写表决的事项，一行一项。'
    if (!teller || !scrutineer) return '请选计票人和监票人。'
    return {
      orgId: p.orgId,
      planId: p.id,
      title: lines.length === 1 ? lines[0]! : `${lines[0]}等 ${lines.length} 项`,
      choices: 'vote',
      rule: rule as VoteRuleKey | null,
      entitled,
      present,
      issued: present,
      tellerIds: [teller],
      scrutineerIds: [scrutineer],
      lines: lines.map((title) => ({ title, personId: null })),
    }
  }
  return (
    <PanelForm
      name="meetings.openCount"
      open
      onClose={onClose}
      title="开始一次纸票计数"
      note={`已签到有表决权 ${present} 人，应到会有表决权 ${entitled} 人；人数达到规定才能开始。逐项讨论、逐项表决。`}
      input={input}
      submit="开始计数"
      done="已开始，请计票人和监票人各自录入"
      onDone={({ id }) => void navigate({ to: `/meetings/counts/${id}` } as never)}
    >
      {(problems) => (
        <>
          <div className="field">
            <label htmlFor="count-topics">表决事项（一行一项）</label>
            <textarea id="count-topics" className="text" rows={3} value={topics} onChange={(e) => setTopics(e.target.value)} />
            {problems.lines && <p className="problem">{problems.lines}</p>}
          </div>
          <Pick label="表决规则" value={rule} options={RULES} onChange={setRule} problem={problems.present ?? problems.issued} />
          <Pick label="计票人" value={teller} options={people} onChange={setTeller} problem={problems.tellerIds} />
          <Pick label="监票人" value={scrutineer} options={people} onChange={setScrutineer} problem={problems.scrutineerIds} />
        </>
      )}
    </PanelForm>
  )
}
