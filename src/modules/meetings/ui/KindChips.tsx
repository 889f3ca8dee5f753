import { BRANCH_KINDS, type OrgKind } from '#modules/organisation/contract.ts'
import { useSession } from '#web/session.ts'
import { MEETING_KINDS, type MeetingKind } from '../contract.ts'

/** Meetings that only a committee above branches holds. */
const NOT_OF_BRANCHES: readonly MeetingKind[] = ['democraticLifeMeeting', 'centerGroupStudy', 'committeeMeeting', 'secretaryReport']
const MOST = 5

interface Props {
  label: string
  orgId: string | undefined
  kinds: readonly MeetingKind[]
  onChange: (kinds: MeetingKind[]) => void
}

/** The kinds of a meeting to tick, several at once; of a branch only those that branches hold, and those chosen already. */
export function KindChips({ label, orgId, kinds, onChange }: Props) {
  const org = useSession().orgs.find(({ id }) => id === orgId)
  const ofBranch = org !== undefined && BRANCH_KINDS.includes(org.kind as OrgKind)
  const offered = (Object.keys(MEETING_KINDS) as MeetingKind[]).filter(
    (kind) => !ofBranch || !NOT_OF_BRANCHES.includes(kind) || kinds.includes(kind),
  )
  const toggle = (kind: MeetingKind) => onChange(kinds.includes(kind) ? kinds.filter((k) => k !== kind) : [...kinds, kind].slice(0, MOST))
  return (
    <fieldset className="field wide">
      <legend className="label">{label}</legend>
      <div className="chips">
        {offered.map((kind) => (
          <button key={kind} type="button" className="chip" aria-pressed={kinds.includes(kind)} onClick={() => toggle(kind)}>
            {MEETING_KINDS[kind]}
          </button>
        ))}
      </div>
    </fieldset>
  )
}
