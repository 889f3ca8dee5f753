import type { MeetingKind } from '../contract.ts'
import { KindChips } from './KindChips.tsx'
import { ownName, useOwnKinds } from './ownKinds.ts'

interface Kinds {
  kinds: MeetingKind[]
  own: { id: string; name: string } | null
}

interface Props {
  form: Kinds
  set: (change: Kinds) => void
  orgId: string | undefined
  problem: string[] | undefined
}

/** 类别 of a form; with a kind of the unit's own goes its name, for the title of the meeting. */
export function KindField({ form, set, orgId, problem }: Props) {
  const own = useOwnKinds(orgId)
  return (
    <div className="wide">
      <KindChips
        label="类别（可多选）"
        orgId={orgId}
        kinds={form.kinds}
        ownKindId={form.own?.id ?? null}
        onChange={(kinds, id) => set({ kinds, own: id ? { id, name: ownName(own, id) ?? '' } : null })}
      />
      {problem && <p className="problem">{problem[0]}</p>}
    </div>
  )
}
