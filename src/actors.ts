import { sql } from 'kysely'
import { Actor, type Grant, type Who } from '#kernel/actor.ts'

import type { Db } from '#kernel/database.ts'
import type { Module } from '#kernel/module.ts'
import { capabilitiesByRole, modules } from './platform.ts'

interface RoleHeld {
  role: string
  org_id: string
  path: string
  subtree: boolean
}

const byRole = capabilitiesByRole()
const sources = (modules as readonly Module[]).flatMap((m) => (m.roles ? [m.roles] : []))

/** Builds the actor from the roles that the modules say the person holds on that day (today when left out), in one statement. */
export async function actorOf(db: Db, who: Omit<Who, 'grants'> & { grants?: readonly Grant[] }, day: string): Promise<Actor> {
  const { personId } = who
  if (!personId) return new Actor({ ...who, grants: who.grants ?? [] })
  const { rows } = await sql<RoleHeld>`${sql.join(
    sources.map((s) => s(personId, day)),
    sql` union all `,
  )}`.execute(db)
  const held = rows.flatMap(({ role, org_id, path, subtree }) =>
    (byRole.get(role) ?? []).map((capability) => ({ capability, orgId: org_id, path, subtree })),
  )
  return new Actor({ ...who, grants: [...held, ...(who.grants ?? [])] })
}

/** The grants of roles that are not bound to an organisation: the three officers, and the console of the machine. */
export const grantsOfRole = (role: string): Grant[] =>
  (byRole.get(role) ?? []).map((capability) => ({ capability, orgId: '', path: '/', subtree: true }))
