import { BRANCH_KINDS, type OrgKind } from '#modules/organisation/contract.ts'
import { useSession } from '#web/session.ts'
import { ATTENDS, COMMON_KINDS, type MeetingKind, OWN_KINDS } from '../contract.ts'
import { useOwnKinds } from './ownKinds.ts'

/** Meetings that only a committee above branches holds. */
const NOT_OF_BRANCHES: readonly MeetingKind[] = ['democraticLifeMeeting', 'centerGroupStudy', 'committeeMeeting', 'secretaryReport']
const MOST = 5

interface Props {
  label: string
  orgId: string | undefined
  kinds: readonly MeetingKind[]
  ownKindId: string | null
  /** Only this one of the unit's own may be chosen, or none. */
  keepsOwn?: string | null
  onChange: (kinds: MeetingKind[], ownKindId: string | null) => void
}

/** The kinds of a meeting to tick, several at once; of a branch only those that branches hold, those a unit added, and those chosen already. */
export function KindChips({ label, orgId, kinds, ownKindId, keepsOwn, onChange }: Props) {
  const org = useSession().orgs.find(({ id }) => id === orgId)
  const own = useOwnKinds(orgId)
  const ofBranch = org !== undefined && BRANCH_KINDS.includes(org.kind as OrgKind)
  const offered = Object.entries(COMMON_KINDS).filter(
    ([kind]) => !ofBranch || !NOT_OF_BRANCHES.includes(kind as MeetingKind) || kinds.includes(kind as MeetingKind),
  )
  const common = kinds.filter((k) => !OWN_KINDS.includes(k))
  const isOn = (kind: MeetingKind) => kinds.includes(kind) && !(kind === 'other' && ownKindId !== null)
  const toggle = (kind: MeetingKind) =>
    isOn(kind)
      ? onChange(
          kinds.filter((k) => k !== kind),
          ownKindId,
        )
      : onChange([...(kind === 'other' ? common : kinds), kind].slice(0, MOST), kind === 'other' ? null : ownKindId)
  const toggleOwn = (id: string, kind: MeetingKind) =>
    ownKindId === id ? onChange(common, null) : onChange([...common, kind].slice(-MOST), id)
  return (
    <fieldset className="field wide">
      <legend className="label">{label}</legend>
      <div className="chips">
        {offered.map(([kind, name]) => (
          <button
            key={kind}
            type="button"
            className="chip"
            aria-pressed={isOn(kind as MeetingKind)}
            onClick={() => toggle(kind as MeetingKind)}
          >
            {name}
          </button>
        ))}
        {own
          .filter((k) => (keepsOwn === undefined ? k.retiredOn === null || k.id === ownKindId : k.id === keepsOwn))
          .map((k) => (
            <button
              key={k.id}
              type="button"
              className="chip"
              aria-pressed={k.id === ownKindId}
              onClick={() => toggleOwn(k.id, ATTENDS[k.attends].kind)}
            >
              {k.name}
            </button>
          ))}
      </div>
    </fieldset>
  )
}
