import { recorderOf } from '#ledger/facts.ts'
import { organisationFacts } from './contract.ts'

/** Records facts of structure, posts, terms and assignments. */
export const record = recorderOf(organisationFacts)
