import { useState } from 'react'
import { ORG_KINDS, type OrgKind } from '#modules/organisation/contract.ts'
import { useOrg } from '../org.ts'
import { Icon } from '../parts/Icon.tsx'
import { Pop } from '../parts/Pop.tsx'
import { type OrgRef, useSession } from '../session.ts'

const MANY = 8

/** Shows which organisation the pages are about, and lets a person of several choose another. */
export function OrgSwitch() {
  const { org, orgs, choose } = useOrg()
  const { unit } = useSession()
  if (!org) return <div className="org-switch alone">{unit?.name ?? '融建'}</div>
  const face = (
    <>
      <span className="grow">
        <b className="ellipsis">{org.name || '所选组织'}</b>
        <small className="ellipsis">{unit?.name ?? ORG_KINDS[org.kind as OrgKind]}</small>
      </span>
      {orgs.length > 1 && (
        <>
          <span className="hidden-text">，换一个组织</span>
          <Icon name="down" size={14} />
        </>
      )}
    </>
  )
  if (orgs.length < 2) return <div className="org-switch alone">{face}</div>
  return (
    <Pop className="org-switch" button={face}>
      {(close) => (
        <OrgChoices
          orgs={orgs}
          current={org.id}
          choose={(next) => {
            choose(next)
            close()
          }}
        />
      )}
    </Pop>
  )
}

function OrgChoices({ orgs, current, choose }: { orgs: OrgRef[]; current: string; choose: (org: OrgRef) => void }) {
  const [text, setText] = useState('')
  const found = orgs.filter(({ name }) => name.includes(text.trim()))
  return (
    <>
      {orgs.length > MANY && (
        <input
          className="text org-filter"
          aria-label="按名称找组织"
          placeholder="按名称找"
          value={text}
          onChange={(event) => setText(event.target.value)}
        />
      )}
      <ul className="pop-list">
        {found.map((org) => (
          <li key={org.id}>
            <button type="button" aria-current={org.id === current || undefined} onClick={() => choose(org)}>
              <span className="grow">{org.name}</span>
              {org.id === current && <Icon name="tick" size={14} />}
            </button>
          </li>
        ))}
      </ul>
      {found.length === 0 && <p className="pop-empty">没有名称含「{text}」的组织</p>}
    </>
  )
}
