import { useNavigate } from '@tanstack/react-router'
import { useState } from 'react'
import { PanelForm } from '#web/parts/PanelForm.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextArea } from '#web/parts/TextArea.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { Ticks } from '#web/parts/Ticks.tsx'
import { PAPER_CHOICES, type PlanView, VOTE_RULES, type VoteRuleKey } from '../contract.ts'
import { Pick } from './Pick.tsx'

const RULES = Object.entries(VOTE_RULES).map(([id, { title }]) => ({ id, name: title }))

/** What is counted: votes by a rule, or grades for secretaries who reported (好、较好、一般、差); a 民主测评 of members has its own page. */
const WHAT = { vote: PAPER_CHOICES.vote.title, report: PAPER_CHOICES.report.title } as const
type What = keyof typeof WHAT

const ruleFor = (p: PlanView): VoteRuleKey =>
  p.election ? 'election' : p.kinds.includes('branchCommittee') ? 'branchCommittee' : 'assembly'

/** Begins a count of paper votes at a planned meeting. */
export function OpenCount({ p, onClose }: { p: PlanView; onClose: () => void }) {
  const navigate = useNavigate()
  const here = p.invited.filter((i) => i.signedAt && i.way !== 'codeLater')
  const [what, setWhat] = useState<What>(p.kinds.includes('secretaryReport') ? 'report' : 'vote')
  const [rule, setRule] = useState<string | null>(ruleFor(p))
  const [topics, setTopics] = useState('')
  const [secretaries, setSecretaries] = useState<string[]>([])
  const [issued, setIssued] = useState('')
  const [teller, setTeller] = useState<string | null>(null)
  const [scrutineer, setScrutineer] = useState<string | null>(null)
  const people = here.map((i) => ({ id: i.personId, name: i.name }))
  const bases = what === 'report' ? { entitled: p.invited.length, present: here.length } : basesOf(p)
  const lines =
    what === 'report'
      ? p.invited.filter((i) => secretaries.includes(i.personId)).map((i) => ({ title: i.name, personId: i.personId }))
      : topics
          .split('\n')
          .map((t) => t.trim())
          .filter(Boolean)
          .map((title) => ({ title, personId: null }))
  const input = () => {
    if (bases.present === 0)
      return what === 'report' ? '还没有人签到。请先签到或点名。' : '还没有有表决权的人签到。请先签到或点名，再开始表决。'
    if (lines.length === 0) return what === 'report' ? '请选述职的书记。' : '请写表决的事项，一行一项。'
    if (!teller || !scrutineer) return '请选计票人和监票人。'
    const votes = what === 'report' && issued !== '' ? Number(issued) : bases.present
    return {
      orgId: p.orgId,
      planId: p.id,
      title: what === 'report' ? `${p.title}：述职评议` : lines.length === 1 ? lines[0]!.title : `${lines[0]!.title}等 ${lines.length} 项`,
      choices: what,
      rule: what === 'report' ? null : (rule as VoteRuleKey | null),
      ...bases,
      issued: votes,
      tellerIds: [teller],
      scrutineerIds: [scrutineer],
      lines,
    }
  }
  return (
    <PanelForm
      name="meetings.openCount"
      open
      onClose={onClose}
      title="开始一次纸票计数"
      note={
        what === 'report'
          ? `已签到 ${bases.present} 人。每位书记一张测评表，好、较好、一般、差选一项；没有人计自己的票。`
          : `已签到有表决权 ${bases.present} 人，应到会有表决权 ${bases.entitled} 人；人数达到规定才能开始。逐项讨论、逐项表决。`
      }
      input={input}
      submit="开始计数"
      done="已开始，请计票人和监票人各自录入"
      onDone={({ id }) => void navigate({ to: `/meetings/counts/${id}` } as never)}
    >
      {(problems) => (
        <>
          <Segments label="票上选什么" value={what} options={WHAT} onChange={setWhat} />
          {what === 'report' ? (
            <>
              <Ticks
                short
                label="述职的书记"
                options={p.invited.map((i) => ({ id: i.personId, label: i.name }))}
                chosen={secretaries}
                onChange={setSecretaries}
                problem={problems.lines}
                none="这次会还没有通知人。请先在安排里邀请述职的书记。"
              />
              <TextLine
                label="每位发出几张测评表"
                value={issued}
                onChange={(n) => setIssued(n.replace(/\D/g, ''))}
                problem={problems.issued ?? problems.present}
                max={4}
                hint={`不填就是到会的 ${bases.present} 张`}
              />
            </>
          ) : (
            <>
              <TextArea label="表决事项（一行一项）" value={topics} onChange={setTopics} problem={problems.lines} max={4000} rows={3} />
              <Pick
                label="表决规则"
                value={rule}
                options={RULES}
                onChange={setRule}
                problem={problems.present ?? problems.issued ?? problems.entitled}
              />
            </>
          )}
          <Pick label="计票人" value={teller} options={people} onChange={setTeller} problem={problems.tellerIds} />
          <Pick label="监票人" value={scrutineer} options={people} onChange={setScrutineer} problem={problems.scrutineerIds} />
        </>
      )}
    </PanelForm>
  )
}

/** 应到 and 实到 of those with a vote, as the plan shows them. */
const basesOf = (p: PlanView) => ({
  entitled: p.quorum?.of ?? p.expected,
  present: p.quorum?.have ?? 0,
})
