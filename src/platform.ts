import type { ApiOf, Module } from '#kernel/module.ts'
import { evaluationOf } from '#modules/evaluation/module.ts'
import { handbookOf } from '#modules/handbook/module.ts'
import { privacyOf } from '#modules/privacy/module.ts'
import { textReactions } from '#modules/search/follow.ts'
import { searchOf } from '#modules/search/module.ts'
import * as listed from './modules.ts'

const domain = Object.values(listed)
const listedModules: readonly Module[] = domain

/** What the modules declare for evaluations. */
export const declared = {
  measures: listedModules.flatMap((m) => m.measures ?? []),
  objects: listedModules.flatMap((m) => m.objects ?? []),
}

const evaluation = evaluationOf(declared)
const search = searchOf(
  listedModules.flatMap((m) => m.finders ?? []),
  listedModules.flatMap((m) => Object.keys(m.capabilities ?? {})),
)

/** What the modules hold about a person, each in its own words. */
export const aboutSources = listedModules.flatMap((m) => m.about ?? [])

const privacy = privacyOf(aboutSources)

const handbook = handbookOf(listedModules.flatMap((m) => m.chapters ?? []))

/** The listed modules, and what is put together from their declarations: evaluation, search, what is known of oneself, handbook. */
export const modules = [...domain, evaluation, search, privacy, handbook]

/** What follows the ledger. */
export const reactions = textReactions(listedModules.flatMap((m) => m.texts ?? []))

export type Api = ApiOf<typeof modules>

/** Everything whose migrations make the schema, the platform's own parts first. */
export const schemaSources: { name: string; migrations: URL }[] = [
  { name: 'kernel', migrations: new URL('./kernel/migrations/', import.meta.url) },
  { name: 'ledger', migrations: new URL('./ledger/migrations/', import.meta.url) },
  ...modules,
]

/** Which capabilities a role brings, as the modules declare it. */
export function capabilitiesByRole(of: readonly Module[] = modules): Map<string, string[]> {
  const byRole = new Map<string, string[]>()
  for (const m of of)
    for (const [capability, { roles }] of Object.entries(m.capabilities ?? {}))
      for (const role of roles) byRole.set(role, [...(byRole.get(role) ?? []), capability])
  return byRole
}
