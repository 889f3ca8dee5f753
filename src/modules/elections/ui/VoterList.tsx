import { useState } from 'react'
import { useReadPages } from '#web/api.ts'
import { Skeleton } from '#web/parts/Skeleton.tsx'

export interface Voter {
  personId: string
  name: string
}

/** Those of the branch who may vote on a day; undefined until read. */
export function useVoters(orgId: string, on: string | null): Voter[] | undefined {
  const list = useReadPages('members.roster', { orgId, standings: ['fullMember'], suspended: false, limit: 200, ...(on ? { on } : {}) })
  return list.isPending ? undefined : list.items.map(({ personId, name }) => ({ personId, name }))
}

interface Props {
  label: string
  voters: Voter[] | undefined
  chosen: readonly string[]
  onChange: (chosen: string[]) => void
  problem?: string | undefined
}

/** Ticks people of the branch. */
export function VoterList({ label, voters, chosen, onChange, problem }: Props) {
  const [text, setText] = useState('')
  if (!voters) return <Skeleton lines={4} />
  const shown = voters.filter(({ name }) => name.includes(text.trim()))
  const toggle = (id: string) => onChange(chosen.includes(id) ? chosen.filter((c) => c !== id) : [...chosen, id])
  return (
    <fieldset className="election-voters">
      <legend>
        {label}（已选 {chosen.length}）
      </legend>
      {voters.length > 12 && (
        <input
          className="text"
          type="search"
          aria-label="按姓名找"
          placeholder="姓名"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <div>
        {shown.map(({ personId, name }) => (
          <label key={personId}>
            <input type="checkbox" checked={chosen.includes(personId)} onChange={() => toggle(personId)} />
            {name}
          </label>
        ))}
      </div>
      {problem && <p className="problem">{problem}</p>}
    </fieldset>
  )
}
