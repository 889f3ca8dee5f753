import { recorderOf } from '#ledger/facts.ts'
import { memberFacts } from './contract.ts'

/** Records facts of memberships, standings and rights. */
export const record = recorderOf(memberFacts)
