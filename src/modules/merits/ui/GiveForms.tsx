import { useState } from 'react'
import { today } from '#kernel/civilDate.ts'
import { Choice } from '#web/parts/Choice.tsx'
import type { Picked } from '#web/parts/FindField.tsx'
import { LabelledDate } from '#web/parts/LabelledDate.tsx'
import { PanelForm, type Problems } from '#web/parts/PanelForm.tsx'
import { PersonPicker } from '#web/parts/PersonPicker.tsx'
import { Segments } from '#web/parts/Segments.tsx'
import { TextLine } from '#web/parts/TextLine.tsx'
import { effectOf, HONOURS, type Honour, LEVELS, type Level, SANCTIONS, type Sanction } from '../contract.ts'

interface Props {
  person?: Picked
  onClose: () => void
}

/** A reward: who, what, by whom and under which number. */
export function RewardForm({ person, onClose }: Props) {
  const paper = usePaper(person)
  const [honour, setHonour] = useState<Honour | null>(null)
  const [level, setLevel] = useState<Level>('unit')
  const [title, setTitle] = useState('')
  const input = () => {
    const given = paper.given()
    if (typeof given === 'string') return given
    return honour ? { ...given, honour, level, title } : '请选是什么奖励'
  }
  return (
    <PanelForm
      name="merits.reward"
      open
      onClose={onClose}
      title="登记奖励"
      note="凭表彰决定或证书登记；同一事项多级表彰的，各登一条"
      input={input}
      submit="登记奖励"
      done="已登记"
    >
      {(problems) => (
        <>
          <WhoLine person={person} paper={paper} problems={problems} />
          <Choice label="什么奖励" value={honour} options={HONOURS} onChange={setHonour} problem={problems.honour} />
          <TextLine
            label={honour === 'other' ? '奖励的名称' : '证书上的名称（可不填）'}
            value={title}
            onChange={setTitle}
            max={60}
            problem={problems.title}
          />
          <Choice label="哪一级" value={level} options={LEVELS} onChange={setLevel} problem={problems.level} />
          <PaperLines paper={paper} problems={problems} by="表彰单位" />
        </>
      )}
    </PanelForm>
  )
}

/** A sanction; how long it keeps its effect is said before it is recorded. */
export function SanctionForm({ person, onClose }: Props) {
  const paper = usePaper(person)
  const [what, setWhat] = useState<Sanction | null>(null)
  const [years, setYears] = useState<'1' | '2'>('1')
  const input = () => {
    const given = paper.given()
    if (typeof given === 'string') return given
    return what ? { ...given, what, years: what === 'probation' ? (Number(years) as 1 | 2) : null } : '请选是什么处分'
  }
  return (
    <PanelForm
      name="merits.sanction"
      open
      onClose={onClose}
      title="登记党纪处分"
      note="只登记已经批准的处分决定，不写案情；只有书记、纪检委员、党务干部和本人看得到"
      input={input}
      submit="登记处分"
      done="已登记，影响期内提名会拦住"
    >
      {(problems) => (
        <>
          <WhoLine person={person} paper={paper} problems={problems} />
          <Choice label="什么处分" value={what} options={SANCTIONS} onChange={setWhat} problem={problems.what} />
          {what === 'probation' && <Segments label="多久" value={years} options={{ 1: '一年', 2: '两年' }} onChange={setYears} />}
          <PaperLines paper={paper} problems={problems} by="批准机关" />
          {what && paper.approvedOn && <p className="note">{foretell(what, paper.approvedOn, years === '2' ? 2 : 1)}</p>}
        </>
      )}
    </PanelForm>
  )
}

function foretell(what: Sanction, approvedOn: string, years: 1 | 2): string {
  const { rightsUntil, until } = effectOf({ what, approvedOn, years: what === 'probation' ? years : null, restoredOn: null })
  if (rightsUntil)
    return `登记后从 ${approvedOn} 起没有表决权、选举权和被选举权，${rightsUntil} 期满；恢复权利后影响期再算两年，最早到 ${until}。`
  return what === 'expulsion'
    ? `${until} 以前不得重新入党。移出名册请另在党员名册里办。`
    : `影响期到 ${until}，期间提名评先和候选人会被拦住。`
}

/** What rewards and sanctions have in common: whom, when, by whom, under which number. */
function usePaper(person: Picked | undefined) {
  const [who, setWho] = useState<Picked | null>(person ?? null)
  const [approvedOn, setApprovedOn] = useState<string | null>(today())
  const [by, setBy] = useState('')
  const [docNo, setDocNo] = useState('')
  const [note, setNote] = useState('')
  const given = () => {
    if (!who) return '请选是谁'
    if (!approvedOn) return '请填批准日期'
    if (by.trim().length < 2) return '请填是谁批准的'
    if (!docNo.trim()) return '请填决定的文号'
    return { personId: who.id, approvedOn, by, docNo, note }
  }
  return { who, setWho, approvedOn, setApprovedOn, by, setBy, docNo, setDocNo, note, setNote, given }
}

type Paper = ReturnType<typeof usePaper>

const WhoLine = ({ person, paper, problems }: { person: Picked | undefined; paper: Paper; problems: Problems }) =>
  person ? (
    <p className="strong">{person.name}</p>
  ) : (
    <PersonPicker label="谁" value={paper.who} onChange={paper.setWho} problem={problems.personId} />
  )

const PaperLines = ({ paper, problems, by }: { paper: Paper; problems: Problems; by: string }) => (
  <>
    <LabelledDate label="批准日期" value={paper.approvedOn} onChange={paper.setApprovedOn} problem={problems.approvedOn} />
    <TextLine label={by} value={paper.by} onChange={paper.setBy} max={100} problem={problems.by} />
    <TextLine label="文号" value={paper.docNo} onChange={paper.setDocNo} max={60} problem={problems.docNo} />
    <TextLine label="说明（可不填）" value={paper.note} onChange={paper.setNote} max={500} problem={problems.note} />
  </>
)
